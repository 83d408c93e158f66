import type { RuleKey } from '../../../../renderer/domain/check';
import { sampleResponsible } from '../sample';
import { both, byGroup, dentist, digits, type RuleCase, specialist, training, unchanged, upTo } from './rule-case';

/** What passes and what fails under each rule about who issues and who is responsible. */
export const issuerCases = {
  'eau-angabeIdentifikatorAusstellendePersonPflicht': {
    severity: 'error',
    passes: [unchanged, dentist, training, byGroup],
    fails: [
      ['issuer.lanr', (content) => void (content.issuer.lanr = null)],
      ['issuer.lanr', (content) => void Object.assign(content.issuer, { type: '04', lanr: '' })],
      ['issuer.zanr', both(dentist, (content) => void (content.issuer.zanr = null))],
      ['issuer.lanr', both(byGroup, (content) => void (content.coverage.legalBasis = '00'))],
    ],
  },
  'eau-angabeIdentifikatorVerantwortlichePersonPflicht': {
    severity: 'error',
    passes: [
      training,
      both(specialist, training, (content) => {
        content.responsible = { ...sampleResponsible, lanr: null, asvGroup: '555555472' };
      }),
    ],
    fails: [
      [
        'responsible.lanr',
        both(training, (content) => void (content.responsible = { ...sampleResponsible, lanr: null })),
      ],
    ],
  },
  'for-angabeArztnummerPflicht': {
    severity: 'error',
    passes: [unchanged],
    fails: [['issuer.zanr', (content) => void (content.issuer.zanr = '123456628')]],
  },
  'for-angabeZahnarztnummerPflicht': {
    severity: 'error',
    passes: [dentist],
    fails: [['issuer.lanr', both(dentist, (content) => void (content.issuer.lanr = '838382202'))]],
  },
  'for-anzahlIdentifikatorAusstellende-VerantwortlichePerson': {
    severity: 'error',
    passes: [(content) => void (content.issuer.telematikId = '1-20123456789')],
    fails: [['issuer.telematikId', both(byGroup, (content) => void (content.issuer.telematikId = '1-20123456789'))]],
  },
  'for-laengeLANR': digits('issuer.lanr', (content, text) => void (content.issuer.lanr = text)),
  'for-laengeZANR': digits('issuer.zanr', (content, text) =>
    both(dentist, (changed) => void (changed.issuer.zanr = text))(content),
  ),
  'asv-group-format': digits('issuer.asvGroup', (content, text) =>
    both(byGroup, (changed) => void (changed.issuer.asvGroup = text))(content),
  ),
  'for-laengeASVnummer': digits('issuer.asvTeam', (content, text) =>
    both(specialist, (changed) => void (changed.issuer.asvTeam = text))(content),
  ),
  'telematik-id-length': upTo(
    128,
    'practice.telematikId',
    (content, text) => void (content.practice.telematikId = text),
  ),
  'eau-angabeFachgruppennummerAsvAusstellendePersonVerbot': {
    severity: 'error',
    passes: [byGroup],
    fails: [
      ['issuer.asvGroup', (content) => void (content.issuer.asvGroup = '555555472')],
      ['issuer.asvGroup', both(specialist, (content) => void (content.issuer.asvGroup = '555555472'))],
      ['issuer.asvGroup', both(byGroup, (content) => void (content.issuer.type = '03'))],
    ],
  },
  'eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot': {
    severity: 'error',
    passes: [training],
    fails: [
      [
        'responsible.asvGroup',
        both(training, (content) => {
          content.responsible = { ...sampleResponsible, asvGroup: '555555472' };
        }),
      ],
    ],
  },
  'eau-angabeAsvTeamnummerPflicht': {
    severity: 'error',
    passes: [specialist],
    fails: [
      ['issuer.asvTeam', (content) => void (content.coverage.legalBasis = '01')],
      ['issuer.asvTeam', (content) => void (content.coverage.legalBasis = '11')],
    ],
  },
  'eau-angabeAsvTeamnummerVerbot': {
    severity: 'error',
    passes: [specialist],
    fails: [['issuer.asvTeam', (content) => void (content.issuer.asvTeam = '012347567')]],
  },
  'eau-angabeVerantwortlichePersonPflicht': {
    severity: 'error',
    passes: [training, (content) => void (content.issuer.type = '03')],
    fails: [['responsible.family', both(training, (content) => void (content.responsible = null))]],
  },
  'eau-angabeVerantwortlichePersonVerbot-1': {
    severity: 'error',
    passes: [
      training,
      (content) => {
        content.issuer.type = '04';
        content.responsible = { ...sampleResponsible };
      },
    ],
    fails: [
      ['responsible.family', (content) => void (content.responsible = { ...sampleResponsible })],
      ['responsible.family', both(dentist, (content) => void (content.responsible = { ...sampleResponsible }))],
    ],
  },
  'eau-angabeVerantwortlichePersonVerbot-2': {
    severity: 'error',
    passes: [training],
    fails: [
      [
        'responsible.type',
        both(training, (content) => void (content.responsible = { ...sampleResponsible, type: '03' })),
      ],
    ],
  },
} satisfies Partial<Record<RuleKey, RuleCase>>;
