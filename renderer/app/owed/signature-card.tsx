import type { StoredRecord } from '../../domain/record';
import { useAtWork } from '../access/session-context';
import { Button, Card, DataTable, goTo, useTexts } from '../parts';
import { recordColumns } from './ready-card';

/** What nobody at this desk can send: it waits for a doctor, who signs it by logging in. */
export function SignatureCard({ records }: { records: readonly StoredRecord[] }) {
  const t = useTexts();
  const { lock } = useAtWork();
  if (records.length === 0) return null;
  const title = t('owed.signature.title', { count: records.length });
  return (
    <Card
      title={title}
      tight
      aside={
        <Button size="small" onPress={() => lock(true)}>
          {t('owed.signature.switch')}
        </Button>
      }
    >
      <p className="group-words">{t('owed.signature.words')}</p>
      <DataTable
        label={title}
        rows={records}
        columns={recordColumns(t)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => goTo('certificates', id)}
        rowHeight={34}
        height="fit"
        maxHeight={206}
        empty={null}
      />
    </Card>
  );
}
