import { may } from '../domain/roles';
import { readInsurerFile } from '../master/insurer-file';
import { plainEntries } from '../master/stored-catalogue';
import type { Setup } from '../store/store';
import { fromBase64 } from './bytes';
import { takeWorldInsurers } from './insurers';
import { failureObstacle } from './obstacles';
import type { Obstacle, OfficeMeans } from './office';
import { rehearsalPatients } from './rehearsing';
import { cardOf } from './signer';

/** In rehearsal, the world gets a card for each practitioner, and the program the world's insurers, patients and codes. */
export async function enterRehearsalWorld(
  { store, host, clock, actor }: Pick<OfficeMeans, 'store' | 'host' | 'clock' | 'actor'>,
  setup: Setup,
): Promise<Setup | Obstacle> {
  try {
    const world = await host.rehearsal.start({});
    await host.rehearsal.insertCards({
      holders: setup.settings.practitioners.flatMap((practitioner) => {
        const card = cardOf(practitioner);
        return card.kind === 'HBA' ? [card.holder] : [];
      }),
    });
    const insurers = readInsurerFile(fromBase64(world.insurerFile));
    if (insurers.kind === 'unreadable')
      return failureObstacle('rehearsal', { reason: 'unreachable', code: null, text: insurers.reason });
    await takeWorldInsurers({ store, clock }, insurers.file);
    // Patients are sealed under the clinical key: the first doctor or assistant brings them.
    if (may(actor().role, 'see-certificates') && (await store.patients()).length === 0)
      await store.savePatients(rehearsalPatients(world, clock.now().toISOString()));
    if ((await store.catalogues()).length === 0) {
      const year = world.diagnoses[0]?.catalogue ?? String(clock.now().getUTCFullYear());
      const importedAt = clock.now().toISOString();
      await store.saveCatalogue({ year, source: 'rehearsal', importedAt, entries: plainEntries(world.diagnoses) });
    }
    return { ...setup, connections: world.connections };
  } catch (error) {
    return failureObstacle('rehearsal', { reason: 'unreachable', code: null, text: String(error) });
  }
}
