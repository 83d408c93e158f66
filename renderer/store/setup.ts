import { z } from 'zod';
import { connectionsSchema } from '../../electron/contract/connections';
import { settingsSchema } from '../domain/settings';

export const setupSchema = z.object({ settings: settingsSchema, connections: connectionsSchema });
/** What the program is set to: the practice's settings and how to reach the components outside. */
export type Setup = z.output<typeof setupSchema>;

export const restorationPausesSchema = z.object({ everything: z.boolean(), payers: z.array(z.string()) });
/** What of the restoration the user has stopped for the time being. Kept, so that it holds after a restart. */
export type RestorationPauses = z.output<typeof restorationPausesSchema>;
