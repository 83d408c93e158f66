import { useState } from 'react';
import type { CertificateRecord } from '../../domain/record';
import { patientName } from '../certificates/record-words';
import {
  Button,
  Card,
  changeWords,
  ConfirmDialog,
  goTo,
  shortInstant,
  Tag,
  useAnnounce,
  useOffice,
  useTexts,
} from '../parts';

const shownAtFirst = 6;

/** Drafts that lie: go on with one, or discard it. */
export function DraftsCard({ drafts }: { drafts: readonly CertificateRecord[] }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const [discarding, setDiscarding] = useState<CertificateRecord | null>(null);
  const [isAll, setAll] = useState(false);
  if (drafts.length === 0) return null;
  const shown = isAll ? drafts : drafts.slice(0, shownAtFirst);
  const left = drafts.length - shown.length;
  const discard = async ({ id }: CertificateRecord) => {
    const change = await office.discard(id, 'draft');
    setDiscarding(null);
    if (change.kind === 'written') announce(t('issue.discarded'));
    else announce(changeWords(t, change), 'error');
  };
  return (
    <Card title={t('owed.groups.drafts', { count: drafts.length })} tight>
      <ul>
        {shown.map((draft) => {
          const name = patientName(draft) === '' ? t('certificates.nameless') : patientName(draft);
          return (
            <li key={draft.id} className="draft">
              <span className="draft-name">{name}</span>
              {draft.corrects === null ? null : <Tag kind="accent">{t('owed.drafts.correction')}</Tag>}
              <span className="soft small draft-when">
                {t('owed.drafts.begun', { when: shortInstant(draft.createdAt, office.clock.now(), t.language) })}
              </span>
              <Button
                size="small"
                label={t('owed.drafts.continueOf', { name })}
                onPress={() => goTo('issue', draft.id)}
              >
                {t('owed.drafts.continue')}
              </Button>
              <Button
                size="small"
                kind="quiet"
                label={t('owed.drafts.discardOf', { name })}
                onPress={() => setDiscarding(draft)}
              >
                {t('issue.discard')}
              </Button>
            </li>
          );
        })}
      </ul>
      {left > 0 ? (
        <div className="group-more">
          <Button size="small" kind="quiet" onPress={() => setAll(true)}>
            {t('owed.more', { count: left, left })}
          </Button>
        </div>
      ) : null}
      {discarding === null ? null : (
        <ConfirmDialog
          title={t('issue.discardTitle')}
          confirm={t('issue.discard')}
          isDanger
          onConfirm={() => void discard(discarding)}
          onClose={() => setDiscarding(null)}
        >
          {t('issue.discardLong')}
        </ConfirmDialog>
      )}
    </Card>
  );
}
