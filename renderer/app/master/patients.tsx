import { useMemo, useState } from 'react';
import { todayInBerlin } from '../../domain/calendar';
import type { PatientRow } from '../../store/database';
import { formatBirthDate } from '../issue/birth-date';
import { searchPatients } from '../issue/patient-search';
import { listName } from '../parts/list-name';
import {
  Button,
  Card,
  DataTable,
  EmptyState,
  Notice,
  shortInstant,
  TextField,
  useLive,
  useOffice,
  useTexts,
  Waiting,
  type Column,
} from '../parts';
import { ImportPatientsDialog } from './import-patients-dialog';

/** The patients seen so far: whoever got a certificate here is found again by name, birth date or insured id. */
export function Patients() {
  const t = useTexts();
  const { store, clock } = useOffice();
  const patients = useLive(() => store.patients());
  const [typed, setTyped] = useState('');
  const [isImporting, setImporting] = useState(false);
  const now = clock.now();
  const today = todayInBerlin(now);
  const all = patients.kind === 'ready' ? patients.value : null;
  const found = useMemo(() => (all === null ? [] : searchPatients(all, typed, today, all.length)), [all, typed, today]);
  if (patients.kind === 'failed') return <Notice kind="error">{t('parts.failed')}</Notice>;
  if (all === null) return <Waiting />;

  const columns: Column<PatientRow>[] = [
    {
      key: 'name',
      header: t('master.patients.name'),
      width: 'minmax(0, 4.6fr)',
      cell: ({ patient }) => listName(patient),
    },
    {
      key: 'born',
      header: t('master.patients.born'),
      width: '84px',
      cell: ({ patient }) => formatBirthDate(patient.birthDate),
    },
    {
      key: 'home',
      header: t('master.patients.home'),
      width: 'minmax(0, 2.6fr)',
      cell: ({ patient: { address } }) => address.city ?? '–',
    },
    {
      key: 'payer',
      header: t('master.patients.payer'),
      width: 'minmax(0, 4fr)',
      cell: ({ coverage }) => coverage.payerName ?? coverage.payerIk ?? '–',
    },
    {
      key: 'insuredId',
      header: t('master.patients.insuredId'),
      width: '92px',
      cell: ({ coverage }) => coverage.insuredId ?? coverage.kvkNumber ?? '–',
    },
    {
      key: 'used',
      header: t('master.patients.used'),
      width: '96px',
      align: 'end',
      cell: ({ usedAt }) => <span className="soft">{shortInstant(usedAt, now, t.language)}</span>,
    },
  ];
  return (
    <>
      <div className="master-tools">
        <TextField
          label={t('master.patients.search')}
          value={typed}
          onChange={setTyped}
          placeholder={t('master.patients.searchPlaceholder')}
          end={typed.trim() === '' ? undefined : t('master.found', { count: found.length })}
          autoFocus
        />
        <Button onPress={() => setImporting(true)}>{t('master.gdt.button')}</Button>
      </div>
      {isImporting ? <ImportPatientsDialog onClose={() => setImporting(false)} /> : null}
      <Card tight label={t('master.patients.title')}>
        <DataTable
          label={t('master.patients.title')}
          rows={found}
          columns={columns}
          rowKey={({ id }) => id}
          empty={
            all.length === 0 ? (
              <EmptyState title={t('master.patients.empty')}>{t('master.patients.emptyWords')}</EmptyState>
            ) : (
              <EmptyState title={t('master.patients.nothing', { typed })}>
                {t('master.patients.nothingWords')}
              </EmptyState>
            )
          }
        />
      </Card>
    </>
  );
}
