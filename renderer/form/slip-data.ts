import type { Canvas } from './canvas';
import { sizes } from './slip-layout';
import { fitBox } from './text-fit';

/** A place for data on the slip. Lengths in mm in the block's own coordinates. */
export interface DataPlace {
  readonly x: number;
  /** Top of the first line. */
  readonly y: number;
  readonly width: number;
  /** Lines it holds at full size. */
  readonly room: number;
  /** Distance of its lines. */
  readonly pitch: number;
  /** Fewer lines than there is room for stand at the bottom, on the form's rule. */
  readonly fromBottom?: boolean;
}

/**
 * Sets pieces of data one under another, by the rule of `fitBox`. `false`: they do not fit, and nothing is drawn.
 *
 * A piece may bring a width of its own, where something else stands beside it.
 */
export function dataIn(
  canvas: Canvas,
  place: DataPlace,
  pieces: readonly (string | { readonly text: string; readonly width: number })[],
): boolean {
  const fitted = fitBox(
    (text) => canvas.width('mono', sizes.data, text),
    place.room,
    pieces.map((piece) => (typeof piece === 'string' ? { text: piece, width: place.width } : piece)),
  );
  if (fitted === null) return false;
  const pitch = place.pitch * fitted.scale;
  const unused = place.fromBottom === true ? Math.max(0, place.room - fitted.lines.length) * place.pitch : 0;
  fitted.lines.forEach(({ text, narrow }, index) =>
    canvas.text('mono', sizes.data * fitted.scale, place.x, place.y + unused + index * pitch, text, { narrow }),
  );
  return true;
}
