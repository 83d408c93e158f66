import { addressChanges } from '../../outbox/address-changes';
import { shortInstant, useLive, useOffice, useTexts } from '../parts';

/** Which insurers' KIM addresses have changed or gone lately: who keeps a list of their own has to know. */
export function AddressChanges() {
  const t = useTexts();
  const { store, clock } = useOffice();
  const now = clock.now();
  const changes = useLive(() => addressChanges(store, clock.now()));
  const payers = useLive(() => store.payers());
  if (changes.kind !== 'ready' || changes.value.length === 0) return null;
  const nameOf = (ik: string) =>
    (payers.kind === 'ready' ? payers.value.find(({ iks }) => iks.includes(ik))?.name : undefined) ?? ik;
  return (
    <details className="small address-changes">
      <summary>{t('connections.addresses.summary', { count: changes.value.length })}</summary>
      <ul>
        {changes.value.map(({ payerIk, at, before, now: after }) => (
          <li key={payerIk}>
            <strong>{nameOf(payerIk)}</strong>{' '}
            {after === null
              ? t('connections.addresses.gone', { at: shortInstant(at, now, t.language), before })
              : t('connections.addresses.changed', { at: shortInstant(at, now, t.language), before, after })}
          </li>
        ))}
      </ul>
    </details>
  );
}
