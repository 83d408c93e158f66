import type { Host } from '../../electron/contract/host';
import type { RehearsalWorld } from '../../electron/contract/rehearsal';
import type { CertificateContent, Practitioner } from '../domain/certificate';
import type { Payer } from '../domain/payer';
import { usualPaperPolicy } from '../domain/paper-policy';
import { usualNoticing, type Settings } from '../domain/settings';
import type { PatientRow } from '../store/database';
import type { Setup } from '../store/store';
import { failureObstacle } from './obstacles';
import type { Obstacle } from './office';

/** Starts the built-in world, or finds the one that runs, and proposes the set-up that it brings. Needs no open store. */
export async function proposeRehearsal(host: Host): Promise<Setup | Obstacle> {
  try {
    return rehearsalSetup(await host.rehearsal.start({}));
  } catch (error) {
    return failureObstacle('rehearsal', { reason: 'unreachable', code: null, text: String(error) });
  }
}

/** The Prüfnummer in rehearsal: visibly none. */
const rehearsalSoftwareId = 'Y/000/0000/00/000';

/** The set-up that the built-in world proposes at the first start. */
export function rehearsalSetup(world: RehearsalWorld): Setup {
  const { practice, practitioner } = world;
  const issuer: Practitioner = {
    type: '00',
    lanr: practitioner.lanr,
    zanr: null,
    telematikId: null,
    asvGroup: null,
    asvTeam: null,
    qualification: practitioner.qualification,
    family: practitioner.family,
    given: practitioner.given,
    title: practitioner.title,
    affix: null,
    prefix: null,
  };
  const settings: Settings = {
    mode: 'rehearsal',
    language: 'de',
    practice: {
      bsnr: practice.bsnr,
      ik: null,
      kzv: null,
      site: null,
      telematikId: null,
      name: practice.name,
      phone: practice.phone,
      fax: null,
      email: null,
      address: address(practice),
    },
    practitioners: [{ ...issuer, id: 'rehearsal' }],
    federalState: 'BE',
    saturdayCounts: true,
    paperPolicy: usualPaperPolicy,
    softwareId: rehearsalSoftwareId,
    paper: 'A5',
    copies: ['AG', 'V'],
    printerId: null,
    copyPrinters: { KK: null, AG: null, V: null },
    pollMinutes: 10,
    lockMinutes: 10,
    retentionYears: 10,
    hideMatchedAnswers: true,
    noticing: usualNoticing,
  };
  return { settings, connections: world.connections };
}

/** The world's insurers as the program keeps insurers. */
export function rehearsalPayers(world: RehearsalWorld): Payer[] {
  return world.payers.map(({ ik, name, provider, address: post }) => ({
    id: ik,
    name,
    iks: [ik],
    provider,
    vknr: null,
    address: post,
  }));
}

/** The world's made-up patients as if each had been here before. */
export function rehearsalPatients(world: RehearsalWorld, usedAt: string): PatientRow[] {
  const names = new Map(world.payers.map(({ ik, name }) => [ik, name]));
  return world.patients.map((person) => {
    const patient: CertificateContent['patient'] = {
      family: person.family,
      given: person.given,
      title: person.title,
      affix: null,
      prefix: null,
      birthDate: person.birthDate,
      address: address(person),
    };
    const coverage: CertificateContent['coverage'] = {
      payerType: 'GKV',
      payerIk: person.payerIk,
      payerName: names.get(person.payerIk) ?? null,
      billingIk: null,
      insuredId: person.insuredId,
      kvkNumber: null,
      status: person.status,
      specialGroup: '00',
      dmp: '00',
      wop: null,
      ends: null,
      legalBasis: '00',
      insuredAbroad: false,
    };
    return { id: person.insuredId, patient, coverage, usedAt };
  });
}

function address(of: {
  street: string;
  houseNumber: string;
  postalCode: string;
  city: string;
}): CertificateContent['practice']['address'] {
  const { street, houseNumber, postalCode, city } = of;
  return { street, houseNumber, extra: null, poBox: null, postalCode, city, country: 'D' };
}
