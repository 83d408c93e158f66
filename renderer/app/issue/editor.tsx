import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import type { Finding } from '../../domain/finding';
import type { CertificateRecord } from '../../domain/record';
import { initialState } from '../../domain/state';
import {
  changeWords,
  clockTime,
  goTo,
  Notice,
  obstacleWords,
  PageHeader,
  PrintDialog,
  useAnnounce,
  useLive,
  useOffice,
  useTexts,
  type FieldNote,
} from '../parts';
import { CertificateCard } from './certificate-card';
import { DiagnosesCard } from './diagnoses-card';
import { Drafts } from './drafts';
import type { Saving } from './draft-keeper';
import { FindingsList } from './findings-list';
import { belongsTo, findingKey, isFromSettings, openFindings, placeOnScreen } from './findings';
import { focusField } from './focus-field';
import { FormContext, type Form } from './form';
import { IssuerCard } from './issuer-card';
import { PatientCard } from './patient-card';
import { fullName } from './patient-search';
import { SidePanel } from './side-panel';
import { useDraft } from './use-draft';
import type { Desk } from './working-draft';

type Step =
  | { readonly kind: 'writing' }
  | { readonly kind: 'issuing' }
  | { readonly kind: 'printing'; readonly record: CertificateRecord };

/** The form of one certificate, from the first key to the printed slip. */
export function Editor({
  desk,
  onNew,
  onOpen,
}: {
  desk: Desk;
  onNew: () => void;
  onOpen: (draft: CertificateRecord) => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { content, edit, keeper, saving } = useDraft(desk);
  const [byHand, setByHand] = useState(desk.byHand);
  const [isPatientOpen, setPatientOpen] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [wasTried, setTried] = useState(false);
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const [step, setStep] = useState<Step>({ kind: 'writing' });
  const isIssuing = useRef(false);

  // Rules and preview follow what is typed, they never hold it up.
  const settled = useDeferredValue(content);
  const findings = useMemo(() => office.check(settled), [office, settled]);
  const { coverage } = settled;
  const advice = useLive(
    () => office.adviseCopies(settled),
    [coverage.payerIk, coverage.payerType, coverage.insuredId, coverage.specialGroup, coverage.insuredAbroad],
  );
  const record = useMemo(() => recordOf(desk, settled), [desk, settled]);

  const touch = useCallback((path: string) => setTouched((all) => (all.has(path) ? all : new Set(all).add(path))), []);
  const confirm = (finding: Finding, isConfirmed: boolean) =>
    setConfirmed((all) => {
      const next = new Set(all);
      if (isConfirmed) next.add(findingKey(finding));
      else next.delete(findingKey(finding));
      return next;
    });
  const notes = (path: string): FieldNote[] =>
    findings
      .filter(({ field }) => belongsTo(field, path) && (wasTried || touched.has(field) || touched.has(path)))
      .map((finding) => ({
        severity: finding.severity,
        text: t.finding(finding),
        ...(finding.severity === 'warning'
          ? {
              confirmation: {
                isConfirmed: confirmed.has(findingKey(finding)),
                onChange: (isConfirmed: boolean) => confirm(finding, isConfirmed),
              },
            }
          : {}),
      }));
  const form: Form = { content, edit, today: todayInBerlin(office.clock.now()), notes, touch };

  const lead = (field: string) => {
    if (isFromSettings(field)) {
      goTo('settings');
      return;
    }
    const place = placeOnScreen(field, content);
    if (place.isFolded) setPatientOpen(true);
    // The fold opens first, then there is something to lead to.
    window.setTimeout(() => focusField(place.field), place.isFolded ? 50 : 0);
  };

  const issue = async () => {
    if (isIssuing.current) return;
    isIssuing.current = true;
    try {
      setStep({ kind: 'issuing' });
      const done = await tryToIssue();
      setStep(done === null ? { kind: 'writing' } : { kind: 'printing', record: done });
    } finally {
      isIssuing.current = false;
    }
  };
  const tryToIssue = async (): Promise<CertificateRecord | null> => {
    setTried(true);
    const all = office.check(content);
    const [first] = openFindings(all, confirmed);
    if (first !== undefined) {
      lead(first.field);
      return null;
    }
    if (keeper.id === null) keeper.change(content);
    const saved = await keeper.flush();
    if (saved.kind === 'failed' || keeper.id === null) {
      announce(t('issue.notIssued'), 'error');
      return null;
    }
    const issuing = await office.issue(keeper.id, {
      confirmed: all.filter((finding) => finding.severity === 'warning'),
      byHand,
    });
    switch (issuing.kind) {
      case 'issued':
        if (!byHand) return issuing.record;
        announce(t('issue.recorded', { name: fullName(content.patient) }));
        onNew();
        return null;
      case 'refused': {
        const [refused] = openFindings(issuing.findings, confirmed);
        if (refused !== undefined) lead(refused.field);
        return null;
      }
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
  const setAside = async () => {
    await keeper.flush();
    onNew();
  };
  const discard = async () => {
    await keeper.flush();
    if (keeper.id !== null) {
      const change = await office.discard(keeper.id, 'draft');
      if (change.kind !== 'written') {
        announce(changeWords(t, change), 'error');
        return;
      }
      announce(t('issue.discarded'));
    }
    onNew();
  };

  return (
    <FormContext value={form}>
      <PageHeader
        title={t((desk.draft?.corrects ?? null) === null ? 'issue.title' : 'issue.titleCorrection')}
        aside={
          <>
            <SavedAt saving={saving} />
            <Drafts currentId={keeper.id} onOpen={onOpen} />
          </>
        }
      />
      <div className="issue">
        <div className="issue-form">
          {desk.corrected === null ? null : (
            <Notice kind="info" title={t('issue.replaces')}>
              {t('issue.replacesLong', {
                name: fullName(desk.corrected.content.patient),
                day: formatDay(desk.corrected.content.certificate.issuedOn ?? ''),
              })}
            </Notice>
          )}
          {desk.movedFrom === null ? null : (
            <Notice kind="info">{t('issue.moved', { day: formatDay(desk.movedFrom) })}</Notice>
          )}
          {wasTried ? <FindingsList findings={openFindings(findings, confirmed)} onLead={lead} /> : null}
          <PatientCard isOpen={isPatientOpen} onOpenChange={setPatientOpen} onLead={lead} />
          <CertificateCard />
          <DiagnosesCard />
          <IssuerCard byHand={byHand} onByHandChange={setByHand} />
        </div>
        <SidePanel
          record={record}
          advice={advice.kind === 'ready' ? advice.value : null}
          byHand={byHand}
          isIssuing={step.kind === 'issuing'}
          canDiscard={saving.kind !== 'untouched' || keeper.id !== null}
          onIssue={() => void issue()}
          onSetAside={() => void setAside()}
          onDiscard={() => void discard()}
        />
      </div>
      {step.kind === 'printing' ? (
        <PrintDialog
          record={step.record}
          copies={advice.kind === 'ready' ? advice.value.copies : ['AG', 'V']}
          title={t('issue.printTitle', { name: fullName(step.record.content.patient) })}
          onDone={(printed) => {
            if (!printed) announce(t('issue.issuedNotPrinted'));
            onNew();
          }}
        />
      ) : null}
    </FormContext>
  );
}

function SavedAt({ saving }: { saving: Saving }) {
  const t = useTexts();
  switch (saving.kind) {
    case 'untouched':
      return null;
    case 'pending':
      return <span className="small">{t('issue.saving')}</span>;
    case 'saved':
      return (
        <span className="small" title={t('issue.savedLong')}>
          {t('issue.saved', { time: clockTime(saving.at, t.language) })}
        </span>
      );
    case 'failed':
      return (
        <span className="not-saved" role="alert">
          {t('issue.notSaved')} {changeWords(t, saving.change)}
        </span>
      );
  }
}

/** The draft as a record, for the preview; one that isn't stored yet is shown under a name of its own. */
function recordOf(desk: Desk, content: CertificateRecord['content']): CertificateRecord {
  return desk.draft === null
    ? {
        kind: 'certificate',
        id: desk.key,
        createdAt: '',
        content,
        corrects: null,
        coverageSource: 'typed',
        state: initialState,
      }
    : { ...desk.draft, content };
}
