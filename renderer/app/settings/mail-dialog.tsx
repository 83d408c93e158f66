import { useEffect, useState } from 'react';
import type { MailRow } from '../../store/database';
import { hashOf } from '../navigation';
import {
  Button,
  Dialog,
  Notice,
  obstacleWords,
  shortInstant,
  useAnnounce,
  useOffice,
  useTexts,
  Waiting,
} from '../parts';
import { headOf, whatOf } from './inbox-section';
import { mailFileName, readBody, type MailBody } from './mail-reading';
import { saveFile } from './save-file';
import { ExportConsent } from '../trail/export-consent';

/** One message as plain text, and its bytes as a file on demand. */
export function MailDialog({ mail, onClose }: { mail: MailRow; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const { clock } = office;
  const announce = useAnnounce();
  const [body, setBody] = useState<MailBody | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { raw, recordId, fetchedAt, status } = mail;
  const { from, subject } = headOf(mail);
  useEffect(() => {
    let isCurrent = true;
    if (raw !== null)
      void readBody(raw).then((read) => {
        if (isCurrent) setBody(read);
      });
    return () => {
      isCurrent = false;
    };
  }, [raw]);
  const save = async (): Promise<string | null> => {
    const exported = await office.exportMail(mail.key);
    if (exported.kind === 'obstacle') return obstacleWords(t, exported);
    const name = mailFileName(fetchedAt, mail.uid);
    saveFile(name, exported.bytes, 'message/rfc822');
    announce(t('settings.inbox.savedAs', { name }));
    return null;
  };
  const saveWords = t(raw === null ? 'settings.inbox.saveHeader' : 'settings.inbox.save');
  const facts = [
    ['from', from],
    ['subject', subject],
    ['fetched', shortInstant(fetchedAt, clock.now(), t.language)],
    ['kind', `${whatOf(t, mail)} · ${t(`settings.inbox.state.${status}`)}`],
  ] as const;
  return (
    <Dialog
      title={whatOf(t, mail)}
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onPress={() => setSaving(true)}>{saveWords}</Button>
          <Button kind="primary" onPress={onClose} autoFocus>
            {t('parts.close')}
          </Button>
        </>
      }
    >
      <dl className="mail-facts">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`settings.inbox.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {recordId === null ? null : (
          <div>
            <dt>{t('settings.inbox.belongsTo')}</dt>
            <dd>
              <a href={hashOf({ screen: 'certificates', detail: recordId })} onClick={onClose}>
                {t('settings.inbox.toCertificate')}
              </a>
            </dd>
          </div>
        )}
      </dl>
      {status === 'unmatched' ? <Notice kind="outage">{t('settings.inbox.unmatchedWords')}</Notice> : null}
      {status === 'unreadable' ? (
        <Notice kind="error">{t('settings.inbox.unreadableWords', { text: mail.what })}</Notice>
      ) : null}
      {raw === null ? (
        <Notice kind="info">{t('settings.inbox.foreignWords')}</Notice>
      ) : body === null ? (
        <Waiting />
      ) : (
        <Body body={body} />
      )}
      {isSaving ? (
        <ExportConsent title={saveWords} confirm={saveWords} onConfirmed={save} onClose={() => setSaving(false)}>
          <p>{t('settings.inbox.saveWords')}</p>
        </ExportConsent>
      ) : null}
    </Dialog>
  );
}

function Body({ body }: { body: MailBody }) {
  const t = useTexts();
  return (
    <>
      {body.origin === 'html' ? <p className="hint">{t('settings.inbox.fromHtml')}</p> : null}
      {body.text === '' ? (
        <p className="soft">{t('settings.inbox.noText')}</p>
      ) : (
        // A region that scrolls must be reachable by keyboard.
        <pre className="mail-text" tabIndex={0} role="region" aria-label={t('settings.inbox.text')}>
          {body.text}
        </pre>
      )}
      {body.isCut ? <p className="hint">{t('settings.inbox.cut')}</p> : null}
      {body.attachments.length === 0 ? null : (
        <p className="soft small">
          {t('settings.inbox.attachments')}{' '}
          {body.attachments
            .map(
              ({ name, bytes }) => `${name} (${Math.max(1, Math.round(bytes / 1000)).toLocaleString(t.language)} kB)`,
            )
            .join(', ')}
        </p>
      )}
    </>
  );
}
