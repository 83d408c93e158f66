import { useRef, useState } from 'react';
import type { CertificateContent } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import type { CertificateRecord } from '../../domain/record';
import { useAtWork } from '../access/session-context';
import { whatStops } from '../second-copy';
import { changeWords, obstacleWords, useAnnounce, useOffice, useTexts } from '../parts';
import type { DraftKeeper } from './draft-keeper';
import { openFindings } from './findings';
import { listName } from '../parts/list-name';

type Step =
  | { readonly kind: 'writing' }
  | { readonly kind: 'issuing' }
  /** Issued: its slips are to be printed now. */
  | { readonly kind: 'printing'; readonly record: CertificateRecord };

interface Issuing {
  readonly step: Step;
  /** Issuing was tried: from now on every finding shows. */
  readonly wasTried: boolean;
  /** Issues what is entered, or leads to the first thing that is in the way. */
  readonly issue: (entered: Entered) => Promise<void>;
  readonly discard: () => Promise<void>;
}

interface Entered {
  readonly content: CertificateContent;
  readonly byHand: boolean;
  readonly confirmed: ReadonlySet<string>;
  readonly onLead: (field: string) => void;
  /** Whether something typed and not chosen holds it up; says so and leads there. */
  readonly isHeldUp: () => boolean;
}

/** From draft to issued certificate. A second key press while one is at work does nothing. */
export function useIssuing(keeper: DraftKeeper, onDone: () => void): Issuing {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { vault } = useAtWork();
  const [step, setStep] = useState<Step>({ kind: 'writing' });
  const [wasTried, setTried] = useState(false);
  const isAtWork = useRef(false);

  const attempt = async ({
    content,
    byHand,
    confirmed,
    onLead,
    isHeldUp,
  }: Entered): Promise<CertificateRecord | null> => {
    const lead = (findings: readonly Finding[]) => {
      const [first] = openFindings(findings, confirmed);
      if (first !== undefined) onLead(first.field);
      return first !== undefined;
    };
    if (isHeldUp()) return null;
    const findings = office.check(content);
    if (lead(findings)) return null;
    const stopping = await whatStops(office, vault);
    if (stopping !== null) {
      const title = t(`backup.trouble.${stopping.what}.title`);
      announce(
        t('backup.notNow', { title, words: t(`backup.trouble.${stopping.what}.words`, stopping.values) }),
        'error',
      );
      return null;
    }
    if (keeper.id === null) keeper.change(content);
    const saved = await keeper.flush();
    if (saved.kind === 'failed' || keeper.id === null) {
      announce(t('issue.notIssued'), 'error');
      return null;
    }
    // Whoever goes on typing while the draft is written means to issue that too.
    if (isHeldUp()) return null;
    const issuing = await office.issue(keeper.id, {
      confirmed: findings.filter((finding) => finding.severity === 'warning'),
      byHand,
    });
    switch (issuing.kind) {
      case 'issued':
        if (!byHand) return issuing.record;
        announce(t('issue.recorded', { name: listName(content.patient) }));
        onDone();
        return null;
      case 'refused':
        lead(issuing.findings);
        return null;
      case 'obstacle':
        announce(obstacleWords(t, issuing), 'error');
        return null;
      case 'conflict':
      case 'missing':
      case 'storage-failed':
        announce(changeWords(t, issuing), 'error');
        return null;
    }
  };

  return {
    step,
    wasTried,
    issue: async (entered) => {
      if (isAtWork.current) return;
      isAtWork.current = true;
      setTried(true);
      setStep({ kind: 'issuing' });
      try {
        const record = await attempt(entered);
        setStep(record === null ? { kind: 'writing' } : { kind: 'printing', record });
      } finally {
        isAtWork.current = false;
      }
    },
    discard: async () => {
      await keeper.flush();
      const change = keeper.id === null ? null : await office.discard(keeper.id, 'draft');
      if (change !== null && change.kind !== 'written') {
        announce(changeWords(t, change), 'error');
        return;
      }
      keeper.forget();
      if (change !== null) announce(t('issue.discarded'));
      onDone();
    },
  };
}
