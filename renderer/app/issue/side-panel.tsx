import { Maximize2 } from 'lucide-react';
import { memo, useState } from 'react';
import { Button as AriaButton, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { SlipCopy } from '../../domain/certificate';
import type { CertificateRecord } from '../../domain/record';
import type { CopyAdvice } from '../../outbox/office';
import { useMay } from '../access/session-context';
import { Button, ConfirmDialog, Dialog, SlipPreview, useTexts } from '../parts';
import { FormDialog } from './form-dialog';

const copies: readonly SlipCopy[] = ['KK', 'AG', 'V'];

/** What will print, why, and the way on. */
export const SidePanel = memo(function SidePanel({
  record,
  advice,
  byHand,
  isIssuing,
  canDiscard,
  onIssue,
  onSetAside,
  onDiscard,
  mayPrintForm,
}: {
  record: CertificateRecord;
  advice: CopyAdvice | null;
  byHand: boolean;
  isIssuing: boolean;
  canDiscard: boolean;
  onIssue: () => void;
  onSetAside: () => void;
  onDiscard: () => void;
  /** Whether nothing holds up printing a form; what does is said where it is. */
  mayPrintForm: () => boolean;
}) {
  const t = useTexts();
  const mayIssue = useMay('issue');
  const [copy, setCopy] = useState<SlipCopy>('KK');
  const [isLarge, setLarge] = useState(false);
  const [isDiscarding, setDiscarding] = useState(false);
  const [isPrintingForm, setPrintingForm] = useState(false);
  const printed = advice?.copies ?? [];
  return (
    <aside className="side" aria-label={t('issue.side.label')}>
      {byHand ? <p className="advice">{t('issue.side.byHand')}</p> : <Advice advice={advice} />}
      <Button
        kind="primary"
        wide
        onPress={onIssue}
        isPending={isIssuing}
        isDisabled={!mayIssue}
        shortcut="Ctrl+Enter"
        hint={false}
      >
        <span className="issue-button">
          {byHand ? t('issue.record') : t('issue.issue', { count: printed.length })}
          <small>{t('issue.issueKeys')}</small>
        </span>
      </Button>
      {mayIssue ? null : <p className="small soft">{t('access.may.issue')}</p>}
      <div className="side-buttons">
        <Button size="small" onPress={onSetAside} shortcut="Alt+N" hint={false} isDisabled={!canDiscard}>
          {t('issue.setAside')}
        </Button>
        <Button size="small" kind="quiet" onPress={() => setDiscarding(true)} isDisabled={!canDiscard}>
          {t('issue.discard')}
        </Button>
      </div>
      <Tabs
        className="preview"
        selectedKey={copy}
        onSelectionChange={(key) => setCopy(copies.find((one) => one === key) ?? 'KK')}
      >
        <div className="preview-head">
          <TabList className="preview-tabs" aria-label={t('issue.side.copies')}>
            {copies.map((one) => (
              <Tab key={one} id={one} className="choice" aria-label={t(`parts.print.copy.${one}`)}>
                {one}
              </Tab>
            ))}
          </TabList>
          <AriaButton className="icon-button" aria-label={t('issue.side.larger')} onPress={() => setLarge(true)}>
            <Maximize2 size={16} aria-hidden />
          </AriaButton>
        </div>
        <TabPanel id={copy} className="preview-panel">
          <SlipPreview record={record} copy={copy} />
        </TabPanel>
      </Tabs>
      <Button kind="quiet" size="small" onPress={() => setPrintingForm(mayPrintForm())} shortcut="Alt+B">
        {t('issue.form.button')}
      </Button>
      {isPrintingForm ? <FormDialog content={record.content} onDone={() => setPrintingForm(false)} /> : null}
      {isLarge ? (
        <Dialog
          title={t(`parts.print.copy.${copy}`)}
          width="wide"
          onClose={() => setLarge(false)}
          buttons={
            <Button kind="primary" onPress={() => setLarge(false)} autoFocus>
              {t('parts.close')}
            </Button>
          }
        >
          <SlipPreview record={record} copy={copy} />
        </Dialog>
      ) : null}
      {isDiscarding ? (
        <ConfirmDialog
          title={t('issue.discardTitle')}
          confirm={t('issue.discard')}
          isDanger
          onConfirm={() => {
            setDiscarding(false);
            onDiscard();
          }}
          onClose={() => setDiscarding(false)}
        >
          {t('issue.discardLong')}
        </ConfirmDialog>
      ) : null}
    </aside>
  );
});

/** Which copies print and why. */
function Advice({ advice }: { advice: CopyAdvice | null }) {
  const t = useTexts();
  if (advice === null) return <p className="advice">{t('parts.waiting')}</p>;
  const list = new Intl.ListFormat(t.language, { type: 'conjunction' }).format(advice.copies);
  const isTroubled = advice.outages.length > 0 || advice.paperOnly !== null;
  return (
    <p className={isTroubled ? 'advice is-troubled' : 'advice'} role="status">
      {t('issue.side.prints')} <strong>{list}</strong>.{' '}
      {advice.paperOnly !== null
        ? (t.lookUp('paperOnly', advice.paperOnly) ?? '')
        : advice.outages.length > 0
          ? t('issue.side.outage')
          : t('issue.side.digital')}
    </p>
  );
}
