/**
 * What a rule has to say about a certificate's content.
 *
 * `error` refuses issuing; `warning` asks for a confirmation that is kept as an event and never refuses (check digits).
 */
export interface Finding {
  /** The rule's number where it has one (`P310-04`), else the constraint's or our own short name (`insured-id-format`). */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** Path into `CertificateContent`, such as `certificate.unfitUntil` or `certificate.diagnoses.0.code`: the field it stands beside. */
  readonly field: string;
  /** What is filled into the rule's text (`renderer/texts`, section `rules`, key = rule). */
  readonly values: Readonly<Record<string, string>>;
}
