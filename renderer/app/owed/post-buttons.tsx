import { useState } from 'react';
import type { StoredRecord } from '../../domain/record';
import { PrintPdfDialog } from '../certificates/print-pdf-dialog';
import { Button, changeWords, ConfirmDialog, useAnnounce, useOffice, useTexts } from '../parts';
import { hasPaperToDo } from './tasks';

/** For the whole pile at once: print letters and KK copies, and note that all are in the post. */
export function PostButtons({ records }: { records: readonly StoredRecord[] }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const [asking, setAsking] = useState<'print' | 'posted' | null>(null);
  const ids = records.filter(hasPaperToDo).map(({ id }) => id);
  if (ids.length === 0) return null;
  const notePrinted = async (printerId: string | null) => {
    for (const id of ids) {
      const change = await office.notePrinted(id, ['KK'], printerId ?? undefined);
      if (change.kind !== 'written') return changeWords(t, change);
    }
    return null;
  };
  const notePosted = async () => {
    setAsking(null);
    for (const id of ids) {
      const change = await office.notePaper(id, 'posted');
      if (change.kind === 'written') continue;
      announce(changeWords(t, change), 'error');
      return;
    }
    announce(t('owed.paper.noted.posted', { count: ids.length }));
  };
  return (
    <span className="group-aside">
      <Button size="small" onPress={() => setAsking('print')}>
        {t('owed.paper.posting')}
      </Button>
      {ids.length > 1 ? (
        <Button size="small" onPress={() => setAsking('posted')}>
          {t('owed.paper.postedAll', { count: ids.length })}
        </Button>
      ) : null}
      {asking === 'print' ? (
        <PrintPdfDialog
          title={t('owed.paper.postingTitle', { count: ids.length })}
          words={t('owed.paper.postingWords')}
          jobName={t('owed.paper.postingJob')}
          draw={() => office.drawPosting(ids)}
          onPrinted={notePrinted}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === 'posted' ? (
        <ConfirmDialog
          title={t('owed.paper.postedAllTitle', { count: ids.length })}
          confirm={t('owed.paper.postedAllConfirm')}
          onConfirm={() => void notePosted()}
          onClose={() => setAsking(null)}
        >
          {t('owed.paper.postedAllWords')}
        </ConfirmDialog>
      ) : null}
    </span>
  );
}
