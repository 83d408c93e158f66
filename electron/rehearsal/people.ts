import type { RehearsalWorld } from '../contract/rehearsal';
import { doctorNumber, institutionNumber, insuredId } from './check-digits';

type Person = RehearsalWorld['patients'][number];
type Payer = RehearsalWorld['payers'][number];

const grove = institutionNumber('10999001');
const harbour = institutionNumber('10999002');
const summit = institutionNumber('10999003');

/** The world's insurers, at two intake providers; all names and numbers are made up. */
export const payers: readonly Payer[] = [
  {
    ik: grove,
    name: 'Übungskasse Haselhain',
    provider: 'BITMARCK SERVICE GMBH',
    address: { line: 'Postfach 99 01', postalCode: '00001', city: 'Übungsstadt' },
  },
  {
    ik: harbour,
    name: 'Übungskasse Nebelhafen',
    provider: 'BITMARCK SERVICE GMBH',
    address: { line: 'Kaimauer 2', postalCode: '00002', city: 'Übungshafen' },
  },
  {
    ik: summit,
    name: 'Übungskasse Gipfelglück',
    provider: 'ÜBUNGSRECHENZENTRUM SÜD',
    address: { line: 'Am Gipfelkreuz 3', postalCode: '00003', city: 'Übungsberg' },
  },
];

/** The practice that rehearses, if it has no data of its own. */
export const practice: RehearsalWorld['practice'] = {
  name: 'Übungspraxis am Musterplatz',
  bsnr: '999999900',
  street: 'Musterplatz',
  houseNumber: '1a',
  postalCode: '00001',
  city: 'Übungsstadt',
  phone: '030 00000000',
};

export const practitioner: RehearsalWorld['practitioner'] = {
  family: 'Übungsärztin',
  given: 'Anna',
  title: 'Dr. med.',
  lanr: doctorNumber('999999', '01'),
  qualification: 'Fachärztin für Allgemeinmedizin',
};

/** Ten patients with names that a form must be able to bear. */
export const patients: readonly Person[] = [
  person('Probefall', 'Petra', null, '1984-03-12', 'Musterstraße', '12', grove, 'A', '00000001', '1'),
  person('Müller-Übung', 'Jörg', null, '1971-11-30', 'Ährenweg', '3b', grove, 'B', '00000002', '1'),
  person('Testowska-Źdźbło', 'Małgorzata', null, '1990-07-01', 'Łódźer Straße', '44', harbour, 'C', '00000003', '1'),
  person('Denemeoğlu', 'Şükrü İlhan', null, '1966-01-09', 'Gartenstraße', '7', harbour, 'D', '00000004', '1'),
  person('Nguyễn Thị Thử', 'Hồng', null, '1998-05-23', 'Lindenallee', '101', summit, 'E', '00000005', '3'),
  person(
    'Musterhausen-Probestein zu Übungsfels',
    'Maximiliane Friederike',
    'Prof. Dr. Dr. h. c.',
    '1959-12-24',
    'Gräfin-von-Übungsfels-Promenade',
    '1',
    summit,
    'F',
    '00000006',
    '1',
  ),
  person('Beispiel', 'Ünal', null, '2004-02-29', 'Marktplatz', '9', grove, 'G', '00000007', '3'),
  person('Šablonová', 'Žofie', 'Dr.', '1979-08-15', 'Böhmische Gasse', '5', harbour, 'H', '00000008', '1'),
  person('Großübung', 'Weiß', null, '1947-06-06', 'Altersruh', '2', summit, 'K', '00000009', '5'),
  person("O'Muster", 'Zoë', null, '1993-10-31', 'Rue d’Exercice', '18', grove, 'L', '00000010', '1'),
];

function person(
  family: string,
  given: string,
  title: string | null,
  birthDate: string,
  street: string,
  houseNumber: string,
  payerIk: string,
  letter: string,
  digits: string,
  status: Person['status'],
): Person {
  return {
    family,
    given,
    title,
    birthDate,
    street,
    houseNumber,
    postalCode: '00001',
    city: 'Übungsstadt',
    payerIk,
    insuredId: insuredId(letter, digits),
    status,
  };
}
