import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  explainInsurerError,
  explainMalware,
  explainMissingReceipt,
  explainNoRecipient,
  insurerErrorCode,
  insurerErrorCodes,
  suspectsMalware,
} from '../../../renderer/domain/insurer-error-codes';
import { createTexts } from '../../../renderer/texts';
import { hasReference, specification } from '../fhir/validator';

const german = createTexts('de');
const values = { date: '23.11.2026', patient: 'Eva Kluge', payer: 'AOK Nordost', display: 'Titel der Kasse.' };
const explain = (code: string): string => explainInsurerError(code, values, german);

const certificateOpening =
  'Sehr geehrte Arztpraxis, für die am 23.11.2026 übermittelte Arbeitsunfähigkeitsbescheinigung für Ihren Patienten / Ihre Patientin Eva Kluge müssen wir Ihnen leider mitteilen, dass ';
const cancellationOpening =
  'Sehr geehrte Arztpraxis, für die am 23.11.2026 übermittelte Stornomeldung der Arbeitsunfähigkeitsbescheinigung Ihres Patienten / Ihrer Patientin Eva Kluge müssen wir Ihnen leider mitteilen, dass ';
const help =
  ' Wenden Sie sich bitte zur Behebung des Problems an Ihren Softwarehersteller und senden Sie die Daten danach erneut.';
const post =
  ' Sollte eine Korrektur des Fehlers nach Rücksprache mit ihrem Softwarehersteller nicht bis Ende des nachfolgenden Werktages möglich sein, senden Sie bitte die AU-Bescheinigung (Ausdruck der Ausfertigung Krankenkasse) postalisch an die zuständige Krankenkasse.';

describe('P5-04: the insurers’ errors', () => {
  it('has every code of the code system, each with its next step and deadline', () => {
    const table = insurerErrorCodes.map((code) => {
      const known = insurerErrorCode(code);
      return [code, known?.about, known?.nextStep, known?.deadline].join(' ');
    });
    expect(table).toEqual([
      '100 certificate inform-new-card none',
      '101 certificate recreate end-of-next-working-day',
      '102 cancellation recreate none',
      '103 certificate recreate end-of-next-working-day',
      '104 cancellation recreate none',
      '105 cancellation certificate-error-first none',
      '201 certificate sign-again end-of-next-working-day',
      '202 certificate sign-again end-of-next-working-day',
      '203 cancellation sign-again none',
      '204 cancellation sign-again none',
      '301 cancellation resend none',
      '303 cancellation resend none',
      '304 cancellation resend none',
      '305 cancellation resend none',
      '314 cancellation resend none',
      '307 certificate resend end-of-next-working-day',
      '309 certificate resend end-of-next-working-day',
      '310 certificate resend end-of-next-working-day',
      '311 certificate resend end-of-next-working-day',
      '313 certificate resend end-of-next-working-day',
    ]);
  });

  it.each([
    [
      '101',
      `${certificateOpening}die Übermittlung der Arbeitsunfähigkeitsdaten aus technischen Gründen fehlgeschlagen ist. Grund hierfür ist, dass die übermittelte Datei nicht den technischen Vorgaben entspricht.${help}${post}`,
    ],
    [
      '104',
      `${cancellationOpening}die Übermittlung der Stornomeldung aus technischen Gründen fehlgeschlagen ist. Grund hierfür ist, dass die übermittelte Datei nicht den korrekten Zeichensatz „UTF 8 ohne BOM“ verwendet.${help}`,
    ],
    [
      '105',
      `${cancellationOpening}die Übermittlung der Stornomeldung aus technischen Gründen fehlgeschlagen ist. Grund hierfür ist, dass die zu stornierende Nachricht im Vorfeld als fehlerhaft abgewiesen worden ist. Wenden Sie sich bitte zur Behebung des Problems an Ihren Softwarehersteller.`,
    ],
    [
      '202',
      `${certificateOpening}die Übermittlung der Arbeitsunfähigkeitsdaten fehlgeschlagen ist. Grund hierfür ist, dass die aufgebrachte Signatur nicht mit den übermittelten Daten übereinstimmt.${help}${post}`,
    ],
    [
      '301',
      `${cancellationOpening}die Übermittlung fehlgeschlagen ist. Grund hierfür ist, dass die KIM-Nachricht zwar als eine verschlüsselte KIM-Nachricht gekennzeichnet wurde, aber auf Grund des falschen Formats nicht von der Krankenkasse entschlüsselt werden konnte.${help}`,
    ],
    [
      '313',
      `${certificateOpening}die Übermittlung fehlgeschlagen ist. Grund hierfür ist, dass die KIM-Nachricht aufgrund eines nicht verfügbaren Schlüssels nicht entschlüsselt werden konnte.${help}${post}`,
    ],
  ])('tells %s in the prescribed words', (code, text) => {
    expect(explain(code)).toBe(text);
  });

  it('100 names the insurer twice and asks for the current card', () => {
    expect(explain('100')).toBe(
      `${certificateOpening}die Arbeitsunfähigkeitsdaten nicht an die korrekte Krankenkasse übermittelt werden konnten. Grund hierfür ist, dass die genannte Person nicht bei der AOK Nordost versichert ist. Eventuell wurde eine veraltete elektronische Gesundheitskarte genutzt. Wenn Ihr Patient / Ihre Patientin Ihnen die aktuelle elektronische Gesundheitskarte vorlegt, muss eine erneute Übermittlung der Arbeitsunfähigkeitsdaten an die zuständige Krankenkasse erfolgen. Die Übermittlung der Daten von der AOK Nordost an die aktuell zuständige Krankenkasse ist leider aus Datenschutzgründen nicht möglich.`,
    );
  });

  it('an unknown code is told as the insurer put it', () => {
    expect(explain('999')).toContain('999');
    expect(explain('999')).toContain('Titel der Kasse.');
    expect(insurerErrorCode('999')).toBeNull();
  });

  it('101 and 102 with exactly that body warn of malware, nothing else does', () => {
    expect(suspectsMalware('101', 'Achtung möglicher Virenbefall\r\n')).toBe(true);
    expect(suspectsMalware('102', 'Achtung möglicher Virenbefall')).toBe(true);
    expect(suspectsMalware('103', 'Achtung möglicher Virenbefall')).toBe(false);
    expect(suspectsMalware('101', 'Achtung möglicher Virenbefall!')).toBe(false);
    expect(explainMalware('certificate', german)).toMatch(
      /^Sehr geehrte Arztpraxis, vermutlich ist ihr IT-System .* Sollte eine Korrektur des Sachverhaltes /,
    );
    expect(explainMalware('cancellation', german)).not.toContain('postalisch');
  });

  it('P5-02: no receipt after 24 hours, no recipient', () => {
    const late = { ...values, documentId: 'D1' };
    expect(explainMissingReceipt('certificate', late, german)).toBe(
      `${certificateOpening}immer noch keine Zustellbestätigung eingegangen ist. Sollte bis Ende des heutigen Tages keine Zustellbestätigung vorliegen, senden Sie bitte die AU-Bescheinigung (Ausdruck der Ausfertigung Krankenkasse) postalisch an die zuständige Krankenkasse AOK Nordost. Wenden Sie sich zur Behebung des Problems unter Angabe der ID D1 bitte an Ihren Softwarehersteller.`,
    );
    expect(explainMissingReceipt('cancellation', late, german)).toContain(
      'übermittelte Storno-Nachricht für Ihren Patienten',
    );
    expect(explainMissingReceipt('cancellation', late, german)).not.toContain('postalisch');
    expect(explainNoRecipient('certificate', values, german)).toBe(
      'Aufgrund der fehlenden Empfangsadresse der zuständigen Krankenkasse AOK Nordost des Patienten Eva Kluge, kann die eAU nicht übermittelt werden. Bitte drucken Sie dem Patienten das Exemplar „Ausfertigung Krankenkasse“ der eAU aus.',
    );
    expect(explainNoRecipient('cancellation', values, german)).toContain(
      'kann die Storno-Nachricht nicht übermittelt werden.',
    );
  });

  it('fills every value in, in both languages', () => {
    for (const language of ['de', 'en'] as const)
      for (const code of [...insurerErrorCodes, '999']) {
        const text = explainInsurerError(code, values, createTexts(language));
        expect(text).not.toMatch(/\{\{|undefined|insurerErrors\./);
      }
  });

  it.skipIf(!hasReference)('uses the sentences of the specification word for word', () => {
    const prescribed = readFileSync(join(specification, 'texts.md'), 'utf8').replace(/\s+/g, ' ');
    const sentences = insurerErrorCodes
      .flatMap((code) => explain(code).split(/(?<=\.) (?=[A-Z])/))
      .map((sentence) => sentence.replace(/^.*leider mitteilen, dass /, '').replace('Grund hierfür ist, dass ', ''))
      .filter((sentence) => !sentence.includes('AOK Nordost'));
    expect(sentences.length).toBeGreaterThan(40);
    for (const sentence of sentences) expect(prescribed).toContain(sentence);
  });
});
