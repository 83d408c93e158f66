/** What an unlocked vault holds in memory until log-off; never written anywhere but sealed. Each is an AES-256 key. */
export interface OpenKeys {
  /** Opens settings, connections, outages and the audit trail's own events. Every user holds it. */
  readonly practice: Uint8Array;
  /**
   * Wraps the patients' keys, and with them everything about a patient; also opens the search index and unmatched mail. Administrators hold
   * none (`null`): what it seals stays closed to them.
   */
  readonly clinical: Uint8Array | null;
  /** The clinical keys of before, oldest first: what was sealed then and is not sealed anew yet. Left out: none. */
  readonly former?: readonly Uint8Array[];
}
