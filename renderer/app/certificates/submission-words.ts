import type { CollectionRun, Obstacle, SubmissionRun } from '../../outbox/office';
import { obstacleWords, type Wording } from '../parts';

/** What a run came to, as a word to the user. */
export interface RunWords {
  readonly kind: 'good' | 'error';
  readonly text: string;
}

/** What a submission came to. */
export function submissionWords(t: Wording, run: SubmissionRun | Obstacle): RunWords {
  switch (run.kind) {
    case 'done': {
      const { handedOver, failed } = run;
      if (handedOver === 0 && failed === 0) return { kind: 'good', text: t('owed.run.nothing') };
      const sent = t('owed.run.handedOver', { count: handedOver });
      if (failed === 0) return { kind: 'good', text: sent };
      return { kind: 'error', text: `${sent} ${t('owed.run.failed', { count: failed })}` };
    }
    case 'stopped': {
      const sent = run.handedOver === 0 ? '' : `${t('owed.run.handedOver', { count: run.handedOver })} `;
      return { kind: 'error', text: `${sent}${t('owed.run.stopped')} ${obstacleWords(t, run.obstacle)}` };
    }
    case 'already-running':
      return { kind: 'good', text: t('owed.run.running') };
    case 'obstacle':
      return { kind: 'error', text: obstacleWords(t, run) };
  }
}

/** What a look into the mailbox came to. */
export function collectionWords(t: Wording, run: CollectionRun): RunWords {
  switch (run.kind) {
    case 'done':
      return {
        kind: 'good',
        text:
          run.answers === 0 ? t('owed.collect.nothing') : t('owed.collect.answers', { count: run.answers }),
      };
    case 'stopped':
      return { kind: 'error', text: obstacleWords(t, run.obstacle) };
    case 'already-running':
      return { kind: 'good', text: t('owed.run.running') };
  }
}
