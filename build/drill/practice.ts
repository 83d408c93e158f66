import { todayInBerlin } from '../../renderer/domain/calendar';
import type { CertificateContent } from '../../renderer/domain/certificate';
import type { Clock } from '../../renderer/domain/clock';
import type { Office } from '../../renderer/outbox/office';
import { cardOf } from '../../renderer/outbox/signer';
import type { Setup } from '../../renderer/store/store';
import type { DrillOptions } from './figures';
import { drillContents, drillInsurers, type DrillInsurer } from './material';

// What the drills do as the staff of a practice, by the office's own functions.

/** The practice as the built-in world proposes it; slips print into a folder. */
export async function enterWorld(office: Office): Promise<Setup> {
  const proposed = await office.proposeRehearsal();
  if ('kind' in proposed) throw new Error(`The rehearsal world does not start: ${proposed.what}`);
  const setup: Setup = { ...proposed, settings: { ...proposed.settings, printerId: 'folder' } };
  await office.saveSetup(setup);
  return setup;
}

/** The certificates to record; insurers and cards that the world lacks for them are added to it. */
export async function material(
  office: Office,
  setup: Setup,
  options: Pick<DrillOptions, 'cases' | 'certificates'>,
  clock: Clock,
): Promise<CertificateContent[]> {
  const { host, store } = office;
  const world = await host.rehearsal.start({});
  const contents = drillContents({
    world,
    settings: setup.settings,
    cases: options.cases,
    count: options.certificates,
    now: clock.now(),
    today: todayInBerlin(clock.now()),
  });
  const known = new Set(world.payers.map(({ ik }) => ik));
  const spread = new Map(drillInsurers.map((insurer) => [insurer.ik, insurer]));
  const payers = new Map<string, DrillInsurer>();
  for (const { coverage } of contents) {
    const { payerIk: ik, payerName } = coverage;
    if (ik === null || known.has(ik)) continue;
    payers.set(ik, spread.get(ik) ?? { ik, name: payerName ?? ik, provider: 'gkv informatik' });
  }
  await host.rehearsal.addPayers({ payers: [...payers.values()] });
  await store.savePayers(
    [...payers.values()].map(({ ik, name, provider }) => ({
      id: ik,
      name,
      iks: [ik],
      provider,
      vknr: null,
      address: null,
    })),
  );
  const cards = contents.map(({ issuer }) => cardOf(issuer));
  await host.rehearsal.insertCards({ holders: cards.flatMap((card) => (card.kind === 'HBA' ? [card.holder] : [])) });
  return contents;
}

/** One certificate at the front desk: recorded, checked, issued, printed, the KK copy handed to the patient. */
export async function recordAndPrint(office: Office, content: CertificateContent): Promise<string> {
  const draft = await office.startDraft(content);
  if (draft.kind !== 'written') throw new Error(`Not recorded: ${draft.kind}`);
  const { id } = draft.record;
  const issued = await office.issue(id, { confirmed: office.check(content), byHand: false });
  if (issued.kind !== 'issued') {
    const findings = issued.kind === 'refused' ? issued.findings.filter(({ severity }) => severity === 'error') : [];
    throw new Error(
      `Not issued: ${issued.kind} ${findings.map(({ rule, field }) => `${rule} at ${field}`).join(', ')}`,
    );
  }
  const { copies } = await office.adviseCopies(content);
  const printed = await office.printSlips(id, copies, null);
  if (printed.kind === 'obstacle') throw new Error(`Not printed: ${printed.what} ${printed.values['text'] ?? ''}`);
  if (copies.includes('KK')) await office.notePaper(id, 'given');
  return id;
}
