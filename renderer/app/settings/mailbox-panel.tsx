import { useEffect, useState } from 'react';
import {
  Card,
  DataTable,
  EmptyState,
  goTo,
  NumberText,
  shortInstant,
  StatusDot,
  Toggle,
  ToggleGroup,
  useLive,
  useOffice,
  useTexts,
  Waiting,
} from '../parts';
import type { DotKind } from '../parts';
import type { MailRow } from '../../store/database';
import type { PanelProps } from './practice-panel';
import { readMailHead, readMailText, type MailText } from './mail-text';

const dots: Readonly<Record<MailRow['status'], DotKind>> = {
  matched: 'done',
  unmatched: 'bad',
  unreadable: 'bad',
  foreign: 'none',
};

interface ShownMail {
  readonly mail: MailRow;
  readonly from: string;
  readonly subject: string;
}

/** How often the mailbox is looked into, and what came that belongs to no certificate. Everything is shown as plain text. */
export function MailboxPanel({ draft, change }: PanelProps) {
  const t = useTexts();
  const { store, clock } = useOffice();
  const [openKey, setOpenKey] = useState<string | null>(null);
  const hides = draft.hideMatchedAnswers;
  const live = useLive(async (): Promise<readonly ShownMail[]> => {
    const mails = await store.mails();
    // Mail of other services was left alone: only its header is here, and it is none of ours.
    const shown = mails.filter(({ status }) => status !== 'foreign' && (status !== 'matched' || !hides));
    return Promise.all(shown.slice(0, 500).map(async (mail) => ({ mail, ...(await readMailHead(mail)) })));
  }, [hides]);
  const open = live.kind === 'ready' ? live.value.find(({ mail }) => mail.key === openKey)?.mail : undefined;
  const now = clock.now();
  return (
    <>
      <Card title={t('settings.mailbox.looking')}>
        <div className="row">
          <MinutesField
            label={t('settings.mailbox.every')}
            value={draft.pollMinutes}
            onChange={(pollMinutes) => change({ pollMinutes })}
          />
          <ToggleGroup label={t('settings.mailbox.list')} span={8}>
            <Toggle
              look="box"
              label={t('settings.mailbox.hide')}
              isOn={hides}
              onChange={(hideMatchedAnswers) => change({ hideMatchedAnswers })}
            />
          </ToggleGroup>
        </div>
      </Card>
      <Card title={t('settings.mailbox.title')} tight>
        {live.kind === 'waiting' ? (
          <Waiting />
        ) : live.kind === 'failed' ? (
          <EmptyState title={t('parts.failed')} />
        ) : (
          <DataTable
            label={t('settings.mailbox.title')}
            rows={live.value}
            rowKey={({ mail }) => mail.key}
            openKey={openKey}
            onOpen={({ mail }) => setOpenKey(mail.key)}
            height="fit"
            maxHeight={220}
            rowHeight={32}
            empty={<EmptyState title={t('settings.mailbox.none')}>{t('settings.mailbox.noneLong')}</EmptyState>}
            columns={[
              {
                key: 'at',
                header: t('settings.mailbox.fetched'),
                width: '7rem',
                cell: ({ mail }) => shortInstant(mail.fetchedAt, now, t.language),
              },
              { key: 'from', header: t('settings.mailbox.from'), width: 'minmax(0, 1fr)', cell: ({ from }) => from },
              {
                key: 'subject',
                header: t('settings.mailbox.subject'),
                width: 'minmax(0, 1.4fr)',
                cell: ({ subject }) => subject,
              },
              {
                key: 'status',
                header: t('certificates.columns.stage'),
                width: '9rem',
                cell: ({ mail }) => (
                  <StatusDot kind={dots[mail.status]}>{t(`settings.mailbox.status.${mail.status}`)}</StatusDot>
                ),
              },
            ]}
          />
        )}
      </Card>
      {open === undefined ? null : <OpenMail key={open.key} mail={open} />}
    </>
  );
}

function OpenMail({ mail }: { mail: MailRow }) {
  const t = useTexts();
  const [text, setText] = useState<MailText | null>(null);
  const { recordId } = mail;
  useEffect(() => {
    let isCurrent = true;
    void readMailText(mail).then((read) => {
      if (isCurrent) setText(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [mail]);
  if (text === null) return <Waiting />;
  return (
    <Card title={text.subject === '' ? t('settings.mailbox.noSubject') : text.subject}>
      <p className="card-words">
        {t('settings.mailbox.fromOn', {
          from: text.from === '' ? '–' : text.from,
          date: text.date === '' ? '–' : text.date,
        })}
        {recordId === null ? null : (
          <>
            {' · '}
            <button type="button" className="link-button" onClick={() => goTo('certificates', recordId)}>
              {t('settings.mailbox.toRecord')}
            </button>
          </>
        )}
      </p>
      {mail.status === 'unreadable' ? <p>{t('settings.mailbox.unreadable')}</p> : null}
      <pre className="mail-text">{text.text}</pre>
      <p className="hint">{t('settings.mailbox.plainText')}</p>
    </Card>
  );
}

/** Minutes, one to sixty; what is no such number is marked and not taken. */
function MinutesField({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const t = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? String(value);
  const isWrong = typed !== null && readMinutes(typed) === null;
  return (
    <NumberText
      label={label}
      value={shown}
      onChange={(text) => {
        setTyped(text);
        const minutes = readMinutes(text);
        if (minutes !== null) onChange(minutes);
      }}
      onBlur={() => setTyped(null)}
      hint={t('settings.mailbox.everyHint')}
      notes={isWrong ? [{ severity: 'error', text: t('settings.mailbox.everyWrong') }] : []}
      maxLength={2}
      span={4}
    />
  );
}

function readMinutes(text: string): number | null {
  const minutes = Number(text);
  return /^\d{1,2}$/.test(text) && minutes >= 1 && minutes <= 60 ? minutes : null;
}
