/** Every word a user reads, in German: what a practice says, not what a program says. Values in {{braces}} are filled in (i18next). */
export const de = {
  /** What a rule says beside the field; key = `Finding.rule`. */
  rules: {
    'P310-04': 'Voraussichtlich bis: höchstens 31 Tage nach dem Feststellungsdatum ({{latest}}).',
  },
} as const;
