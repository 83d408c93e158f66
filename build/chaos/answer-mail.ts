/** The mails with which a KIM service and insurers answer, as plain text: for worlds without a network, and to be fuzzed. */

const crlf = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);

/** A delivery status notification (RFC 3464) about one document; `returned`: the Message-ID of the mail that it is about. */
export function receiptMail(of: {
  documentId: string;
  recipient: string;
  action: 'delivered' | 'failed' | 'delayed';
  returned?: string;
  id?: string;
}): Uint8Array {
  return crlf([
    'From: MAILER-DAEMON@kim.test',
    'To: praxis@kim.test',
    'Subject: Delivery report',
    ...(of.id === undefined ? [] : [`Message-ID: <${of.id}@kim.test>`]),
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=report',
    '',
    '--report',
    'Content-Type: text/plain',
    '',
    of.action,
    '--report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; kim.test',
    `Original-Envelope-Id: ${of.documentId}`,
    '',
    `Final-Recipient: rfc822; ${of.recipient}`,
    `Action: ${of.action}`,
    `Status: ${{ delivered: '2.0.0', failed: '5.4.4', delayed: '4.4.1' }[of.action]}`,
    ...(of.returned === undefined
      ? []
      : ['--report', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${of.returned}`]),
    '--report--',
  ]);
}

/** An insurer error (P5-04) about one document. */
export function insurerErrorMail(of: { documentId: string; sender: string; code: string; id: string }): Uint8Array {
  const extension = 'https://fhir.kbv.de/StructureDefinition/KBV_EX_EAU_health_insurance_Practitioner_Identifier';
  return crlf([
    `From: ${of.sender}`,
    'To: praxis@kim.test',
    `Subject: TEAU0_Fehler_${of.id}`,
    'X-KIM-Dienstkennung: eAU;Fehler-Kasse;V1.2',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=error',
    '',
    '--error',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Bitte wenden Sie sich an Ihren Softwareanbieter.',
    '--error',
    'Content-Type: application/xml; name=fehler.xml',
    'Content-Disposition: attachment; filename=fehler.xml',
    '',
    `<OperationOutcome xmlns="http://hl7.org/fhir"><id value="${of.id}"/><meta><profile value="https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_health_insurance_Practitioner|1.2"/></meta><issue><extension url="${extension}"><extension url="Bundle-Identifier"><valueIdentifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:${of.documentId}"/></valueIdentifier></extension></extension><severity value="fatal"/><code value="processing"/><details><coding><system value="https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_EAU_AU_ERROR_KASSE"/><code value="${of.code}"/><display value="Die Datei ist fehlerhaft."/></coding></details></issue></OperationOutcome>`,
    '--error--',
  ]);
}

/** An error of the KIM service itself (`X-KIM-Fehlermeldung`) about one document. */
export function kimErrorMail(of: { documentId: string; messageId: string; code: string; sender?: string }): Uint8Array {
  return crlf([
    `From: ${of.sender ?? 'clientmodul@kim.test'}`,
    'To: praxis@kim.test',
    'Subject: KIM error',
    `X-KIM-Fehlermeldung: ${of.code};Die Nachricht konnte nicht zugestellt werden.`,
    `In-Reply-To: ${of.messageId}`,
    'Content-Type: text/plain',
    '',
    `TEAU0_${of.documentId}`,
  ]);
}
