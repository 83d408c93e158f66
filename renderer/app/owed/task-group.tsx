import { useState, type ReactNode } from 'react';
import type { StoredRecord } from '../../domain/record';
import { Button, Card, useTexts } from '../parts';
import { TaskItem } from './task-item';

const shownAtFirst = 8;
const shownMore = 50;

/** A group of things to do, with how many they are; long groups unfold as far as they are wanted. */
export function TaskGroup({
  id,
  title,
  words,
  records,
  overdue,
  aside,
}: {
  /** Where the list of what is to be done today leads. */
  id: string;
  title: string;
  /** What this group means and by when, in a sentence. */
  words: string;
  records: readonly StoredRecord[];
  /** Ids whose receipt is overdue. */
  overdue: ReadonlySet<string>;
  aside?: ReactNode;
}) {
  const t = useTexts();
  const [shown, setShown] = useState(shownAtFirst);
  if (records.length === 0) return null;
  const left = records.length - shown;
  return (
    <div id={`task-${id}`} className="task-group" tabIndex={-1}>
      <Card title={title} aside={aside} tight>
        <p className="group-words">{words}</p>
        <ul>
          {records.slice(0, shown).map((record) => (
            <TaskItem key={record.id} record={record} isOverdue={overdue.has(record.id)} />
          ))}
        </ul>
        {left > 0 ? (
          <div className="group-more">
            <Button size="small" kind="quiet" onPress={() => setShown(shown + shownMore)}>
              {t('owed.more', { count: Math.min(left, shownMore), left })}
            </Button>
          </div>
        ) : null}
      </Card>
    </div>
  );
}
