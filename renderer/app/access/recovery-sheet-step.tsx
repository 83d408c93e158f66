import type { Clock } from '../../domain/clock';
import { useState } from 'react';
import { Button, Notice, TextField, useTexts, type FieldNote } from '../parts';
import { groupsOf, recoveryKeyText } from '../../store/access/recovery-key';

/** Groups that are asked for again: whoever has the sheet in hand types them in a moment. */
const asked = [3, 9] as const;

/** The recovery key: printed (or written down), and proven to be at hand by two of its groups. */
export function RecoverySheetStep({
  recoveryKey,
  practice,
  clock,
  isTest,
  isBusy,
  confirm,
  back,
  onBack,
  onDone,
}: {
  recoveryKey: Uint8Array;
  practice: string;
  clock: Clock;
  isTest: boolean;
  isBusy: boolean;
  confirm: string;
  /** What the button that doesn't go on says, where that isn't «back». */
  back?: string;
  onBack: () => void;
  onDone: () => void;
}) {
  const t = useTexts();
  const groups = groupsOf(recoveryKeyText(recoveryKey));
  const [typed, setTyped] = useState<readonly string[]>(asked.map(() => ''));
  const [wasTried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isDrawing, setDrawing] = useState(false);
  const isRight = (index: number) => clean(typed[index] ?? '') === groups[(asked[index] ?? 1) - 1];
  const notes = (index: number): FieldNote[] =>
    wasTried && !isRight(index) ? [{ severity: 'error', text: t('access.recovery.groupWrong') }] : [];
  const print = async () => {
    setDrawing(true);
    setTrouble(null);
    try {
      const [{ drawRecoverySheet }, { loadFormFonts }, { printInPage }] = await Promise.all([
        import('../../form/recovery-sheet'),
        import('../../form/load-fonts-browser'),
        import('../parts/print-in-page'),
      ]);
      const sheet = { practice, groups, madeAt: clock.now().toISOString(), test: isTest };
      const drawn = await drawRecoverySheet(sheet, await loadFormFonts());
      if (drawn.kind === 'drawn') await printInPage(drawn.pdf);
      else setTrouble(t('access.recovery.letters', { letters: drawn.letters.join(' ') }));
    } catch (error) {
      setTrouble(t('access.recovery.notDrawn', { text: String(error) }));
    } finally {
      setDrawing(false);
    }
  };
  const go = () => {
    setTried(true);
    if (asked.every((_, index) => isRight(index))) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <p>{t('access.recovery.words')}</p>
      <ol className="recovery-key" aria-label={t('access.recovery.key')}>
        {groups.map((group, index) => (
          <li key={String(index)}>
            <code>{group}</code>
          </li>
        ))}
      </ol>
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      <div className="recovery-print">
        <Button onPress={() => void print()} isPending={isDrawing} autoFocus>
          {t('access.recovery.print')}
        </Button>
        <span className="small soft">{t('access.recovery.orWrite')}</span>
      </div>
      <div className="row">
        {asked.map((group, index) => (
          <TextField
            key={group}
            label={t('access.recovery.group', { number: group })}
            value={typed[index] ?? ''}
            onChange={(text) => setTyped(typed.map((one, at) => (at === index ? text : one)))}
            notes={notes(index)}
            maxLength={6}
            span={3}
          />
        ))}
      </div>
      <div className="form-buttons">
        <Button onPress={onBack}>{back ?? t('firstStart.back')}</Button>
        <Button kind="primary" onPress={go} isPending={isBusy} shortcut="Ctrl+Enter" inDialog>
          {confirm}
        </Button>
      </div>
    </form>
  );
}

function clean(text: string): string {
  return text.trim().toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
}
