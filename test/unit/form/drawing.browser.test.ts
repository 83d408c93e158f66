import { describe, expect, it } from 'vitest';
import { loadBarcodeDecoder, loadFormFonts } from '../../../renderer/form/load-fonts-browser';
import { drawSlips } from '../../../renderer/form/slip';
import { example, exampleDocumentId } from './example';

describe('in the page', () => {
  it('draws slips with fonts and decoder from its own files, the same bytes each time', async () => {
    const fonts = await loadFormFonts();
    const decoder = await loadBarcodeDecoder();
    const slips = (['KK', 'AG', 'V'] as const).map((copy) => ({
      content: example,
      copy,
      documentId: exampleDocumentId,
      test: true,
      fill: 'full' as const,
    }));
    const first = await drawSlips(slips, { paper: 'A5', fonts, decoder });
    expect(first).toMatchObject({ kind: 'drawn', pages: 3 });
    expect(await drawSlips(slips, { paper: 'A5', fonts, decoder })).toEqual(first);
  });
});
