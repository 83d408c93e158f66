import type { Standing } from '../../contract/contract';
import { Failed } from '../failure';
import { endOfDay, type CardCalls } from './cards';
import { namespaces } from './namespaces';
import { checkCertificateExpiration, verifyCertificate } from './requests';
import { callSoap, errorOf, requireStatus } from './soap';
import { childOf, childrenOf, childText, type Element } from './xml';

/** Until when a certificate is valid, as the connector says it. */
export interface Expiration {
  readonly cardHandle: string;
  readonly iccsn: string;
  readonly commonName: string;
  /** ISO instant: the end of the last day. */
  readonly notAfter: string;
}

/** The connector asks the issuer meanwhile, and gives up by itself after some seconds. */
const shortCall = 20_000;

/**
 * Until when the connector's own certificates (gSMC-K) and those of all cards that sign are valid (CertificateService, CheckCertificateExpiration).
 * Rejects with `Failed`.
 */
export async function expirationsOf(calls: CardCalls): Promise<Expiration[]> {
  // Without `Crypt` the connector takes RSA; where everything has elliptic curves only, it may answer with a fault.
  try {
    return await expirationsBy(calls, null);
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.reason !== 'refused') throw error;
    return expirationsBy(calls, 'ECC');
  }
}

async function expirationsBy({ http, services, context, signal }: CardCalls, crypt: 'ECC' | null) {
  const answer = await callSoap(
    http,
    {
      endpoint: services.certificate,
      namespace: namespaces.certificate,
      operation: 'CheckCertificateExpiration',
      body: checkCertificateExpiration(context, crypt),
      timeout: shortCall,
    },
    signal,
  );
  requireStatus(answer);
  return childrenOf(answer, namespaces.certificate, 'CertificateExpiration').flatMap((entry) => {
    const text = (name: string) => childText(entry, namespaces.certificate, name) ?? '';
    const notAfter = endOfDay(text('validity'));
    if (notAfter === null) return [];
    return [
      {
        cardHandle: childText(entry, namespaces.common, 'CardHandle') ?? '',
        iccsn: text('ICCSN'),
        commonName: text('subject_commonName'),
        notAfter,
      },
    ];
  });
}

/**
 * Whether a certificate counts (CertificateService, VerifyCertificate). `unknown` where the connector can't tell, as while it has no line to the
 * issuer: that is no error of the card's. Rejects with `Failed` only where the connector can't be reached.
 */
export async function standingOf(calls: CardCalls, certificate: Buffer): Promise<Standing> {
  try {
    const answer = await callSoap(
      calls.http,
      {
        endpoint: calls.services.certificate,
        namespace: namespaces.certificate,
        operation: 'VerifyCertificate',
        body: verifyCertificate(calls.context, certificate),
        timeout: shortCall,
      },
      calls.signal,
    );
    return standingIn(answer);
  } catch (error) {
    const answered = error instanceof Failed && ['refused', 'protocol'].includes(error.failure.reason);
    if (answered) return 'unknown';
    throw error;
  }
}

function standingIn(answer: Element): Standing {
  const status = childOf(answer, namespaces.certificate, 'VerificationStatus');
  const result = status === null ? null : childText(status, namespaces.certificate, 'VerificationResult');
  if (result === 'VALID') return 'valid';
  if (status === null || result !== 'INVALID') return 'unknown';
  const error = childOf(status, namespaces.error, 'Error');
  return error !== null && isRevocation(errorOf(error).text) ? 'revoked' : 'invalid';
}

/** The error of a revoked certificate: gemSpec_PKI names it CERT_REVOKED (1047); its German words differ from connector to connector. */
function isRevocation(text: string): boolean {
  return /\b1047\b|CERT_?REVOKED|revoked|gesperrt|widerrufen/i.test(text);
}
