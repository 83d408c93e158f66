import type { Damages } from './damages';
import type { Database } from './database';
import { Mails } from './mails';
import type { StoreMeans } from './open';
import { PatientKeys } from './patient-keys';
import { Patients } from './patients';
import { SearchIndex } from './search-index';
import type { MustWrite } from './writer';

/** What only a clinical key opens. */
export interface Clinical {
  readonly keys: PatientKeys;
  readonly index: SearchIndex;
  readonly patients: Patients;
  readonly mails: Mails;
}

/** Opens it over a database. */
export function openClinical(
  database: Database,
  means: StoreMeans & {
    readonly clinical: Uint8Array;
    readonly former: readonly Uint8Array[];
    readonly mustWrite: MustWrite;
    readonly damages: Damages;
  },
): Clinical {
  const keys = new PatientKeys(database, means);
  return {
    keys,
    index: new SearchIndex(database, means),
    patients: new Patients(database, { ...means, keys }),
    mails: new Mails(database, { ...means, keys }),
  };
}
