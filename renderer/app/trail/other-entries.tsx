import { Notice, useLive, useOffice, useTexts } from '../parts';
import { otherEntries, type PersonEntry } from './person-entries';

/** Says before something is handed out or erased that the same person seems to have another entry, which this doesn't touch. */
export function OtherEntries({ keyId, name, birthDate }: Omit<PersonEntry, 'insuredId'>) {
  const t = useTexts();
  const { store } = useOffice();
  const others = useLive(() => otherEntries(store, { keyId, name, birthDate }), [keyId, name, birthDate]);
  if (others.kind !== 'ready' || others.value.length === 0) return null;
  const ids = others.value.map(({ insuredId }) => insuredId ?? t('retention.access.noId')).join(', ');
  return <Notice kind="outage">{t('retention.access.other', { ids })}</Notice>;
}
