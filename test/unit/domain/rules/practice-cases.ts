import type { RuleKey } from '../../../../renderer/domain/check';
import { digits, required, type RuleCase, unchanged, upTo } from './rule-case';

/** What passes and what fails under each rule about the practice. */
export const practiceCases = {
  'eau-angabeIdentifikatorEinrichtungPflicht': {
    severity: 'error',
    passes: [(content) => void Object.assign(content.practice, { bsnr: null, site: '772413201' })],
    fails: [['practice.bsnr', (content) => void (content.practice.bsnr = null)]],
  },
  'for-anzahlIdentifikatorOrganizationRessource': {
    severity: 'error',
    passes: [unchanged],
    fails: [
      ['practice.kzv', (content) => void (content.practice.kzv = '721111100')],
      ['practice.ik', (content) => void (content.practice.ik = '120890445')],
    ],
  },
  'for-laengeBSNR': digits('practice.bsnr', (content, text) => void (content.practice.bsnr = text)),
  'for-laengeKZVA': digits(
    'practice.kzv',
    (content, text) => void Object.assign(content.practice, { bsnr: null, kzv: text }),
  ),
  'for-laengeStandortnummer': digits(
    'practice.site',
    (content, text) => void Object.assign(content.practice, { bsnr: null, site: text }),
  ),
  'practice-name-required': required('practice.name', (content, text) => void (content.practice.name = text)),
  'practice-phone-required': required('practice.phone', (content, text) => void (content.practice.phone = text)),
  'practice-name-length': upTo(60, 'practice.name', (content, text) => void (content.practice.name = text)),
  'phone-length': upTo(30, 'practice.phone', (content, text) => void (content.practice.phone = text)),
  'fax-length': upTo(30, 'practice.fax', (content, text) => void (content.practice.fax = text)),
  'email-length': upTo(256, 'practice.email', (content, text) => void (content.practice.email = text)),
} satisfies Partial<Record<RuleKey, RuleCase>>;
