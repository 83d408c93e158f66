import type { Failure } from '../../electron/contract/call';
import { printerTroubles } from '../../electron/contract/printer-trouble';
import type { Change } from '../store/records';
import { keyOfCode } from './failure-codes';
import type { Obstacle } from './office';

/** An obstacle by its key in `renderer/texts`, section `obstacles`. */
export function obstacle(what: string, values: Obstacle['values'] = {}): Obstacle {
  return { kind: 'obstacle', what, values };
}

/** A component outside could not be used: texts `obstacles.<component>-<reason>`, or those of the component's own code where it has words. */
export function failureObstacle(
  component: 'connector' | 'sending' | 'mailbox' | 'directory' | 'printer' | 'rehearsal',
  failure: Failure,
): Obstacle {
  const key = keyOfCode(component, failure.code) ?? `${component}-${failure.reason}`;
  return obstacle(key, { code: failure.code ?? '', text: failure.text });
}

/** A printer did not print: texts `obstacles.printer-<trouble>`, where it is known what is wrong with it. */
export function printerObstacle(failure: Failure): Obstacle {
  const trouble = printerTroubles.find((one) => failure.reason === 'printer' && one === failure.code);
  return trouble === undefined
    ? failureObstacle('printer', failure)
    : obstacle(`printer-${trouble}`, { text: failure.text });
}

/** The store did not write. */
export function notWrittenObstacle(change: Exclude<Change, { kind: 'written' }>): Obstacle {
  switch (change.kind) {
    case 'conflict':
      return obstacle('conflict');
    case 'missing':
      return obstacle('missing');
    case 'storage-failed':
      return obstacle(`storage-${change.reason}`, { text: change.text });
  }
}
