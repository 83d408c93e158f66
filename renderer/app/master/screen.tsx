import './master.css';
import { PageHeader, SectionLinks, useLive, useOffice, usePlace, useTexts } from '../parts';
import { Catalogues } from './catalogues';
import { Patients } from './patients';
import { Payers } from './payers';

const sections = ['kassen', 'icd', 'patienten'] as const;
const keys = { kassen: 'payers', icd: 'catalogues', patienten: 'patients' } as const;

/** «Stammdaten»: insurers, diagnosis codes, patients. */
export default function MasterScreen() {
  const t = useTexts();
  const { store } = useOffice();
  const { detail } = usePlace();
  const current = sections.find((section) => section === detail) ?? 'kassen';
  const payers = useLive(async () => (await store.payers()).length);
  const patients = useLive(async () => (await store.patients()).length);
  const counts = { kassen: payers, icd: null, patienten: patients };
  return (
    <div className="master">
      <PageHeader title={t('master.title')} />
      <SectionLinks
        label={t('master.sections')}
        screen="master"
        current={current}
        sections={sections.map((section) => {
          const count = counts[section];
          return {
            detail: section,
            title: t(`master.${keys[section]}.title`),
            ...(count?.kind === 'ready' ? { count: count.value } : {}),
          };
        })}
      />
      {current === 'kassen' ? <Payers /> : current === 'icd' ? <Catalogues /> : <Patients />}
    </div>
  );
}
