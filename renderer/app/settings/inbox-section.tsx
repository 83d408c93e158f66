import { useMemo, useState } from 'react';
import type { MailRow } from '../../store/database';
import {
  Button,
  Card,
  DataTable,
  EmptyState,
  Notice,
  obstacleWords,
  shortInstant,
  StatusDot,
  Toggle,
  useAnnounce,
  useLive,
  useOffice,
  useTexts,
  Waiting,
  type Column,
  type DotKind,
  type Wording,
} from '../parts';
import type { Draft } from './changes';
import { MailDialog } from './mail-dialog';
import { readHead, type MailHead } from './mail-reading';

const dots: Readonly<Record<MailRow['status'], DotKind>> = {
  matched: 'done',
  unmatched: 'waiting',
  unreadable: 'bad',
  foreign: 'none',
};

const answerKinds = ['receipt', 'insurer-error', 'kim-error', 'trial', 'other'] as const;

const heads = new WeakMap<Uint8Array, MailHead>();
/** Sender and subject, read when a row first comes into view. */
export function headOf({ header }: MailRow): MailHead {
  const known = heads.get(header);
  if (known !== undefined) return known;
  const head = readHead(header);
  heads.set(header, head);
  return head;
}

/** What a message turned out to be, in a word. */
export function whatOf(t: Wording, { status, what }: MailRow): string {
  if (status === 'foreign' || status === 'unreadable') return t(`settings.inbox.what.${status}`);
  const kind = answerKinds.find((one) => one === what) ?? 'other';
  return t(`settings.inbox.what.${kind}`);
}

/** The messages fetched from the practice's mailbox: what was matched by itself is out of the way (P5-04), never lost. */
export function InboxSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const mails = useLive(() => office.store.mails());
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [isCollecting, setCollecting] = useState(false);
  const { settings, change } = draft;
  const all = mails.kind === 'ready' ? mails.value : null;
  const shown = useMemo(
    () => (all ?? []).filter(({ status }) => !settings.hideMatchedAnswers || status !== 'matched'),
    [all, settings.hideMatchedAnswers],
  );
  if (mails.kind === 'failed') return <Notice kind="error">{t('parts.failed')}</Notice>;
  if (all === null) return <Waiting />;

  const now = office.clock.now();
  const hidden = all.length - shown.length;
  const open = all.find(({ key }) => key === openKey) ?? null;
  const collect = async () => {
    setCollecting(true);
    const run = await office.collect();
    setCollecting(false);
    switch (run.kind) {
      case 'done': {
        const count = run.answers + run.unmatched;
        announce(count === 0 ? t('settings.inbox.nothingNew') : t('settings.inbox.collected', { count }));
        return;
      }
      case 'stopped':
        announce(obstacleWords(t, run.obstacle), 'error');
        return;
      case 'already-running':
        announce(t('settings.inbox.alreadyRunning'));
    }
  };
  const columns: Column<MailRow>[] = [
    {
      key: 'status',
      header: t('settings.inbox.status'),
      width: '128px',
      cell: ({ status }) => <StatusDot kind={dots[status]}>{t(`settings.inbox.state.${status}`)}</StatusDot>,
    },
    { key: 'what', header: t('settings.inbox.kind'), width: 'minmax(0, 3fr)', cell: (mail) => whatOf(t, mail) },
    { key: 'from', header: t('settings.inbox.from'), width: 'minmax(0, 3fr)', cell: (mail) => headOf(mail).from },
    {
      key: 'subject',
      header: t('settings.inbox.subject'),
      width: 'minmax(0, 4fr)',
      cell: (mail) => headOf(mail).subject,
    },
    {
      key: 'fetched',
      header: t('settings.inbox.fetched'),
      width: '96px',
      align: 'end',
      cell: ({ fetchedAt }) => <span className="soft">{shortInstant(fetchedAt, now, t.language)}</span>,
    },
  ];
  return (
    <>
      <div className="inbox-tools">
        <Toggle
          look="box"
          label={t('settings.inbox.hideMatched')}
          isOn={settings.hideMatchedAnswers}
          onChange={(hideMatchedAnswers) => change({ hideMatchedAnswers })}
        />
        <span className="soft small">{hidden > 0 ? t('settings.inbox.hidden', { count: hidden }) : null}</span>
        <Button size="small" onPress={() => void collect()} isPending={isCollecting}>
          {t('settings.inbox.collect')}
        </Button>
      </div>
      <Card tight label={t('settings.section.posteingang')}>
        <DataTable
          label={t('settings.section.posteingang')}
          rows={shown}
          columns={columns}
          rowKey={({ key }) => key}
          openKey={openKey}
          onOpen={({ key }) => setOpenKey(key)}
          empty={
            hidden > 0 ? (
              <EmptyState title={t('settings.inbox.allMatched')}>
                {t('settings.inbox.allMatchedWords', { count: hidden })}
              </EmptyState>
            ) : (
              <EmptyState title={t('settings.inbox.empty')}>{t('settings.inbox.emptyWords')}</EmptyState>
            )
          }
        />
      </Card>
      {open === null ? null : <MailDialog mail={open} onClose={() => setOpenKey(null)} />}
    </>
  );
}
