/**
 * The components' own codes that have words of their own in the texts (section `obstacles`): what happened, what it means, what to do. Codes that
 * aren't named here are told by their kind (`connector-refused` …), with the component's own words.
 */

/**
 * The connector's codes 4000 to 4200 and the few beyond that signing meets (gemSpec_Kon), and the states of a PIN (CardService: `PinStatus`, `PinResult`), grouped by what a practice
 * has to do about them; the key of each group is that of its words.
 */
const connectorCodes: Readonly<Record<string, readonly string[]>> = {
  'connector-fault-internal': ['4001', '4002'],
  'connector-fault-context': [
    '4003',
    '4004',
    '4005',
    '4006',
    '4010',
    '4011',
    '4012',
    '4014',
    '4015',
    '4016',
    '4020',
    '4021',
    '4204',
  ],
  'connector-fault-practice-card': ['4009', '4013'],
  'connector-fault-busy': ['4017', '4018', '4019', '4050', '4060', '4093'],
  'connector-fault-terminal': [
    '4007',
    '4028',
    '4029',
    '4030',
    '4032',
    '4037',
    '4039',
    '4040',
    '4041',
    '4044',
    '4066',
    '4096',
    '4097',
  ],
  'connector-fault-card': ['4045', '4048', '4055', '4056', '4057', '4071', '4094', '4120', '4147', '4148'],
  'connector-fault-card-type': ['4046', '4051', '4118', '4126', '4209'],
  'connector-fault-pin-timeout': ['4043', 'TIMEOUT'],
  'connector-fault-pin-wrong': ['4061', 'REJECTED', 'ERROR'],
  'connector-fault-pin-blocked': ['4063', '4064', 'BLOCKED', 'NOWBLOCKED', 'WASBLOCKED'],
  'connector-fault-pin-transport': ['4065', 'TRANSPORT_PIN', 'EMPTY_PIN'],
  'connector-fault-pin-remote': ['4053', '4092'],
  'connector-fault-pin-missing': ['4085'],
  'connector-fault-forbidden': ['4052', '4058', '4090'],
  'connector-fault-request': [
    '4000',
    '4072',
    '4102',
    '4103',
    '4110',
    '4111',
    '4112',
    '4113',
    '4124',
    '4149',
    '4201',
    '4243',
    '4252',
    '4253',
  ],
  'connector-fault-signature-off': ['4125'],
  'connector-fault-signing': ['4115', '4123'],
  'connector-certificate-revoked': ['CERT_REVOKED'],
  'connector-certificate-invalid': ['CERT_INVALID'],
  'connector-card-missing': ['4008', '4047', '4098', '4099', '4101', '4146'],
  'connector-cancelled': ['4049'],
};

const connectorKeys: ReadonlyMap<string, string> = new Map(
  Object.entries(connectorCodes).flatMap(([key, codes]) => codes.map((code) => [code, key] as const)),
);

/** SMTP replies of the client module with a meaning of their own (gematik's guide to KIM, «Informieren über gescheiterten Nachrichtenversand»). */
const sendingKeys: ReadonlyMap<string, string> = new Map([
  ['451', 'sending-no-encryption-certificate'],
  ['552', 'sending-too-large'],
]);

/** The words for a component's code, a key of the texts `obstacles`; `null`: it has none of its own. */
export function keyOfCode(component: string, code: string | null): string | null {
  if (code === null) return null;
  switch (component) {
    case 'connector':
      return connectorKeys.get(code) ?? null;
    case 'sending':
      return sendingKeys.get(code) ?? null;
    default:
      return null;
  }
}

/** Every code that has words of its own, by component. */
export const codesWithWords: Readonly<Record<'connector' | 'sending', readonly string[]>> = {
  connector: [...connectorKeys.keys()],
  sending: [...sendingKeys.keys()],
};
