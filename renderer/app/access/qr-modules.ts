import bwipjs from 'bwip-js/browser';

/** The dark modules of a text's QR code (error correction M) as an SVG path in module units, and how many there are on a side. */
export function qrModules(text: string): { readonly path: string; readonly size: number } {
  const [symbol] = bwipjs.raw('qrcode', text, 'eclevel=M');
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('bwip-js drew no QR code.');
  const { pixs, pixx } = symbol;
  let path = '';
  pixs.forEach((isDark, at) => {
    if (isDark === 1) path += `M${String(at % pixx)} ${String(Math.floor(at / pixx))}h1v1h-1z`;
  });
  return { path, size: pixx };
}
