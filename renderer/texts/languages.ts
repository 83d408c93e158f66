/** The languages that the program speaks. */
export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];
