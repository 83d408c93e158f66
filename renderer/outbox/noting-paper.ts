import type { EventDetail } from '../domain/event';
import { isDoneOnPaper } from '../domain/paper-policy';
import type { CertificateRecord } from '../domain/record';
import type { RecordState } from '../domain/state';
import type { Settings } from '../domain/settings';
import type { Change } from '../store/records';
import type { Store } from '../store/store';
import { createTexts } from '../texts';
import { outagesFor, payerIndex } from './agenda';
import { scopeWords } from './reporting';

/**
 * Notes that the KK copy was given to the patient or posted. Where the practice holds that paper is enough (`domain/paper-policy.ts`) and the
 * certificate could not go out, it is done with the same write, with the reason; else it stays owed. Signing and sending look at the stage in
 * their own write, so whichever comes first holds: a certificate is never both done on paper and sent by this.
 */
export async function notePaper(
  store: Store,
  settings: Settings,
  id: string,
  paper: 'given' | 'posted',
): Promise<Change> {
  const noted: EventDetail = { type: paper === 'given' ? 'paper-given' : 'paper-posted' };
  const record = await store.records.get(id);
  if (record?.kind === 'certificate' && isDoneOnPaper(settings.paperPolicy, record)) {
    const reason = await whyOnPaper(store, settings, record, paper);
    if (reason !== null) {
      const done: EventDetail = { type: 'paper-only', rule: 'practice-policy', reason };
      const change = await store.records.append(id, [noted, done], {
        when: (state) => isDoneOnPaper(settings.paperPolicy, { ...record, state }),
      });
      // Sent in this moment: then the paper is noted beside it.
      if (change.kind !== 'conflict') return change;
    }
  }
  return store.records.append(id, [noted], { when: mayBeNoted });
}

function mayBeNoted({ stage }: RecordState): boolean {
  return stage !== 'recorded' && stage !== 'discarded';
}

/** What kept the certificate from going out, in words; `null`: nothing did, so the slip was only an extra. */
async function whyOnPaper(
  store: Store,
  settings: Settings,
  { content, state }: CertificateRecord,
  paper: 'given' | 'posted',
): Promise<string | null> {
  const payers = payerIndex(await store.payers());
  const outages = outagesFor(content.coverage, await store.outages(), payers);
  if (outages.length > 0) {
    const t = createTexts(settings.language);
    return outages
      .map(({ scope, reason }) => [scopeWords(scope, payers, t), reason].filter((part) => part !== '').join(': '))
      .join('; ');
  }
  if (state.setback !== null) return `${state.setback.code} ${state.setback.text}`.trim();
  // Posting is what the deadline asks for when nothing went out (P6-05).
  return paper === 'posted' ? '' : null;
}
