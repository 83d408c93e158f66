import { Toggle, useTexts } from '../parts';

/** Asks at set-up whether gematik's TI-Lagebild may be read. Off unless the practice says so. */
export function LagebildChoice({
  isOn,
  isRehearsal,
  onChange,
}: {
  isOn: boolean;
  isRehearsal: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const t = useTexts();
  return (
    <div className="first-lagebild">
      <Toggle look="box" label={t('noticing.setUp.lagebild')} isOn={isOn} onChange={onChange} />
      <p className="hint">
        {t('noticing.setUp.lagebildWords')} {isRehearsal ? t('noticing.setUp.lagebildRehearsal') : null}
      </p>
    </div>
  );
}
