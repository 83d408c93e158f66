import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';
import { useTexts } from './texts-context';

/** How far something is: `value` of `total`. `label` is read out, and shown unless `hideLabel`. */
export function ProgressBar({
  label,
  value,
  total,
  hideLabel = false,
}: {
  label: string;
  value: number;
  total: number;
  hideLabel?: boolean;
}) {
  return (
    <AriaProgressBar className="progress" value={value} minValue={0} maxValue={Math.max(total, 1)} aria-label={label}>
      {({ percentage = 0 }) => (
        <>
          {hideLabel ? null : <Label className="hint">{label}</Label>}
          <span className="progress-track">
            <span className="progress-fill" style={{ width: `${percentage.toFixed(1)}%` }} />
          </span>
        </>
      )}
    </AriaProgressBar>
  );
}

/** Something is on its way. Appears only after a moment, so that quick things don't flicker. */
export function Waiting({ children }: { children?: string }) {
  const t = useTexts();
  return (
    <div className="waiting" role="status">
      <span className="waiting-bar" aria-hidden />
      <span>{children ?? t('parts.waiting')}</span>
    </div>
  );
}
