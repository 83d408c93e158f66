import { useDeferredValue, useMemo, useState } from 'react';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import type { CertificateRecord } from '../../domain/record';
import { initialState } from '../../domain/state';
import {
  changeWords,
  clockTime,
  goTo,
  Notice,
  PageHeader,
  PrintDialog,
  useAnnounce,
  useLive,
  useOffice,
  useTexts,
} from '../parts';
import { useSteady } from '../parts/use-same';
import { troublesOf, useSecondCopy } from '../second-copy';
import { CertificateCard } from './certificate-card';
import { DiagnosesCard } from './diagnoses-card';
import { Drafts } from './drafts';
import type { Saving } from './draft-keeper';
import { isFromSettings, openFindings, placeOnScreen } from './findings';
import { FindingsList } from './findings-list';
import { focusField, unfoldTime } from '../parts/focus-field';
import { FormContext, type Form } from './form';
import { IssuerCard } from './issuer-card';
import { PatientCard } from './patient-card';
import { listName } from '../parts/list-name';
import { SidePanel } from './side-panel';
import { forgetUnchosen, pendingText, standingOf, type ChoosingField } from './unchosen';
import { useDraft } from './use-draft';
import { useIssuing } from './use-issuing';
import { useNotes } from './use-notes';
import type { Desk } from './working-draft';

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
  const { content, edit, keeper, saving, unchosen } = useDraft(desk);
  const [byHand, setByHand] = useState(desk.byHand);
  const [isPatientOpen, setPatientOpen] = useState(false);
  const { step, wasTried, issue, discard } = useIssuing(keeper, onNew);

  // Rules and preview follow what is typed, they never hold it up.
  const settled = useDeferredValue(content);
  const findings = useMemo(() => office.check(settled), [office, settled]);
  const notes = useNotes(findings, wasTried);
  const record = useMemo(() => recordOf(desk, settled), [desk, settled]);
  const { payerIk, payerType, insuredId, specialGroup, insuredAbroad } = settled.coverage;
  const advice = useLive(
    () => office.adviseCopies(settled),
    [payerIk, payerType, insuredId, specialGroup, insuredAbroad],
  );
  const today = todayInBerlin(office.clock.now());
  const { touch } = notes;
  const form = useMemo<Form>(() => ({ edit, today, touch, unchosen }), [edit, today, touch, unchosen]);

  const lead = (field: string) => {
    if (isFromSettings(field)) {
      goTo('settings');
      return;
    }
    const place = placeOnScreen(field, content);
    if (place.isFolded) setPatientOpen(true);
    // The fold opens first, then there is something to lead to.
    window.setTimeout(() => focusField(place.field), place.isFolded ? unfoldTime : 0);
  };
  const standing = standingOf(content.patient, content.coverage);
  const isHeldUp = useSteady((isListed: boolean, fields?: readonly ChoosingField[]) => {
    const pending = unchosen.pending(standing, fields);
    const [first] = pending;
    if (first === undefined) return false;
    for (const { field } of pending) unchosen.note(field);
    // Once issuing was tried, the list of what is open says it.
    if (!isListed) announce(pendingText(t, first), 'error');
    lead(first.field);
    return true;
  });
  const issueNow = useSteady(
    () => void issue({ content, byHand, confirmed: notes.confirmed, onLead: lead, isHeldUp: () => isHeldUp(true) }),
  );
  // What is not chosen isn't kept with the draft: laid aside, it would be gone by tomorrow.
  const layAside = async (next: () => void) => {
    if (isHeldUp(wasTried)) return;
    const saved = await keeper.flush();
    if (saved.kind === 'failed') announce(`${t('issue.notSaved')} ${changeWords(t, saved.change)}`, 'error');
    else next();
  };
  const setAside = useSteady(() => void layAside(onNew));
  const open = useSteady((draft: CertificateRecord) => void layAside(() => onOpen(draft)));
  const discardNow = useSteady(() => {
    void discard().then(() => forgetUnchosen(office, keeper.id));
  });
  // Forms to fill in carry no diagnosis.
  const mayPrintForm = useSteady(() => !isHeldUp(wasTried, ['patient', 'coverage.payerName']));

  const { certificate, patient, coverage, issuer, responsible } = content;
  const printing = step.kind === 'printing' ? step.record : null;
  return (
    <FormContext value={form}>
      <PageHeader
        title={t((desk.draft?.corrects ?? null) === null ? 'issue.title' : 'issue.titleCorrection')}
        aside={
          <>
            <SavedAt saving={saving} />
            <Drafts currentId={keeper.id} onOpen={open} />
          </>
        }
      />
      <div className="issue">
        <div className="issue-form">
          <HowSafe />
          <WhereItComesFrom desk={desk} />
          {wasTried ? (
            <FindingsList
              findings={openFindings(findings, notes.confirmed)}
              content={settled}
              unchosen={unchosen}
              onLead={lead}
            />
          ) : null}
          <PatientCard
            patient={patient}
            coverage={coverage}
            isWorkAccident={certificate.workAccident}
            patientNotes={notes.patient}
            coverageNotes={notes.coverage}
            isOpen={isPatientOpen}
            onOpenChange={setPatientOpen}
          />
          <CertificateCard certificate={certificate} notes={notes.certificate} />
          <DiagnosesCard diagnoses={certificate.diagnoses} text={certificate.diagnosisText} notes={notes.certificate} />
          <IssuerCard
            issuer={issuer}
            responsible={responsible}
            issuedOn={certificate.issuedOn}
            legalBasis={coverage.legalBasis}
            notes={notes.issuer}
            issuedOnNotes={notes.certificate}
            byHand={byHand}
            onByHandChange={setByHand}
          />
        </div>
        <SidePanel
          record={record}
          advice={advice.kind === 'ready' ? advice.value : null}
          byHand={byHand}
          isIssuing={step.kind === 'issuing'}
          canDiscard={saving.kind !== 'untouched' || keeper.id !== null}
          onIssue={issueNow}
          onSetAside={setAside}
          onDiscard={discardNow}
          mayPrintForm={mayPrintForm}
        />
      </div>
      {printing === null ? null : (
        <PrintDialog
          record={printing}
          copies={advice.kind === 'ready' ? advice.value.copies : ['AG', 'V']}
          title={t('issue.printTitle', { name: listName(printing.content.patient) })}
          onDone={(end) => {
            if (end === 'not-printed') announce(t('issue.issuedNotPrinted'));
            onNew();
          }}
        />
      )}
    </FormContext>
  );
}

/** Said before anything is typed: nothing new can be kept safely now, or soon. */
function HowSafe() {
  const t = useTexts();
  const copy = useSecondCopy();
  const trouble = (copy === null ? [] : troublesOf(copy)).find(
    ({ weight, what }) => weight === 'stops' || what === 'nearly-full' || what === 'browser-nearly-full',
  );
  if (trouble === undefined) return null;
  return (
    <Notice kind={trouble.weight === 'stops' ? 'error' : 'outage'} title={t(`backup.trouble.${trouble.what}.title`)}>
      {t(`backup.trouble.${trouble.what}.words`, trouble.values)}
    </Notice>
  );
}

/** What is special about a draft that was opened: it corrects another certificate, or lay overnight. */
function WhereItComesFrom({ desk: { corrected, movedFrom } }: { desk: Desk }) {
  const t = useTexts();
  return (
    <>
      {corrected === null ? null : (
        <Notice kind="info" title={t('issue.replaces')}>
          {t('issue.replacesLong', {
            name: listName(corrected.content.patient),
            day: formatDay(corrected.content.certificate.issuedOn ?? ''),
          })}
        </Notice>
      )}
      {movedFrom === null ? null : <Notice kind="info">{t('issue.moved', { day: formatDay(movedFrom) })}</Notice>}
    </>
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
  if (desk.draft !== null) return { ...desk.draft, content };
  return {
    kind: 'certificate',
    id: desk.key,
    createdAt: '',
    content,
    corrects: null,
    coverageSource: 'typed',
    state: initialState,
  };
}
