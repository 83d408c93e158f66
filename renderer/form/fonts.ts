/**
 * The font files a slip, letter or report is set in. They are handed in as bytes, so that the same drawing runs in the page
 * (`load-fonts-browser.ts`) and in Node (`build/form-fonts.ts`).
 *
 * Liberation Sans is Arial-metric (labels), Liberation Mono Courier-metric (data). DejaVu Sans Bold sets the title, as on the official slip,
 * DejaVu Sans the check boxes; all DejaVu faces are the second choice for letters that Liberation lacks (`typefaces.ts`).
 */
export const fontFiles = [
  { key: 'sans', file: 'LiberationSans-Regular.ttf', source: 'own' },
  { key: 'sansBold', file: 'LiberationSans-Bold.ttf', source: 'own' },
  { key: 'sansItalic', file: 'LiberationSans-Italic.ttf', source: 'own' },
  { key: 'sansBoldItalic', file: 'LiberationSans-BoldItalic.ttf', source: 'own' },
  { key: 'mono', file: 'LiberationMono-Regular.ttf', source: 'own' },
  { key: 'wideSans', file: 'DejaVuSans.ttf', source: 'dejavu-fonts-ttf' },
  { key: 'wideSansBold', file: 'DejaVuSans-Bold.ttf', source: 'dejavu-fonts-ttf' },
  { key: 'wideMono', file: 'DejaVuSansMono.ttf', source: 'dejavu-fonts-ttf' },
] as const;

export type FontKey = (typeof fontFiles)[number]['key'];

/** The bytes of every font file, by key. One object per program run: what is derived from it is kept with it. */
export type FormFonts = Readonly<Record<FontKey, Uint8Array>>;
