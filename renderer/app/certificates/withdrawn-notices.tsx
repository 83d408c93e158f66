import { useState } from 'react';
import type { Cancelling } from '../../domain/cancellation-rules';
import { formatDay } from '../../domain/calendar';
import type { StoredRecord } from '../../domain/record';
import { Button, goTo, Notice, useOffice, useTexts } from '../parts';
import { brokenChainOf, strandedFollowUps } from './chain';
import { PrintPdfDialog } from './print-pdf-dialog';
import { dayWords } from './record-words';

/** What withdrawing a certificate leaves to do: cancel it at the insurer, write to it, look at what followed. */
export function WithdrawnNotices({
  record,
  records,
  cancelling,
}: {
  record: StoredRecord;
  /** All records of the same patient. */
  records: readonly StoredRecord[];
  cancelling: Cancelling | null;
}) {
  const t = useTexts();
  const broken = brokenChainOf(record, records);
  const stranded = strandedFollowUps(record, records);
  const { state } = record;
  const isCorrectedOnly = state.correctedBy !== null && state.stage !== 'cancelled';
  return (
    <>
      {isCorrectedOnly && cancelling?.kind === 'allowed' ? (
        <Notice kind="outage" title={t('certificates.stillValid.title')}>
          {t('certificates.stillValid.words', { day: formatDay(cancelling.last) })}
        </Notice>
      ) : null}
      {broken === null ? null : (
        <Notice kind="outage" title={t('certificates.chain.title')}>
          <p>{t(`certificates.chain.${broken.because}`, { day: issuedOn(broken.forerunner) })}</p>
          <LinkTo id={broken.forerunner.id}>
            {t('certificates.chain.open', { day: issuedOn(broken.forerunner) })}
          </LinkTo>
        </Notice>
      )}
      {stranded.length === 0 ? null : (
        <Notice kind="outage">
          <p>{t('certificates.chain.followers', { count: stranded.length })}</p>
          <ul>
            {stranded.map((follower) => (
              <li key={follower.id}>
                <LinkTo id={follower.id}>{t('certificates.chain.follower', { day: issuedOn(follower) })}</LinkTo>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {record.kind === 'certificate' && state.paper !== 'none' && (isCorrectedOnly || state.stage === 'cancelled') ? (
        <CorrectionLetter id={record.id} />
      ) : null}
    </>
  );
}

/** The insurer has the withdrawn one on paper: a letter tells it (eau.md section 9). */
function CorrectionLetter({ id }: { id: string }) {
  const t = useTexts();
  const office = useOffice();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button size="small" onPress={() => setOpen(true)}>
        {t('certificates.letter')}
      </Button>
      {isOpen ? (
        <PrintPdfDialog
          title={t('certificates.letterTitle')}
          words={t('certificates.letterWords')}
          jobName={t('certificates.letterJob')}
          draw={() => office.drawCorrectionLetter(id)}
          onPrinted={() => Promise.resolve(null)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}

function LinkTo({ id, children }: { id: string; children: string }) {
  return (
    <button type="button" className="link-button" onClick={() => goTo('certificates', id)}>
      {children}
    </button>
  );
}

function issuedOn({ content }: StoredRecord): string {
  return dayWords(content.certificate.issuedOn);
}
