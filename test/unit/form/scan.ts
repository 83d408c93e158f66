import type { GreyPicture } from './poppler';

/** How a page comes out of a scanner. */
export interface Scan {
  /** Dots per inch; `finest` must be a multiple. */
  readonly dpi: number;
  /** Turned by so many degrees about the middle. */
  readonly degrees: number;
  /** Standard deviation of the noise, in grey levels of 0 to 255. */
  readonly noise: number;
  /** The noise is the same for the same seed. */
  readonly seed: number;
}

/** What a scan is made from: the page drawn at this resolution. */
export const finest = 600;

/**
 * A page drawn at `finest` as a scanner sees it: turned, each of its coarse dots the mean of the ink under it, and with Gaussian noise. Below
 * 300 dpi it is enlarged twice, as programs that read barcodes do: a module of the slip's is then one and a half to two dots wide.
 */
export function scanned(picture: GreyPicture, { dpi, degrees, noise, seed }: Scan): GreyPicture {
  const noisy = withNoise(coarser(turned(picture, degrees), finest / dpi), noise, seed);
  return dpi < 300
    ? resampled(noisy, noisy.width * 2, noisy.height * 2, (x, y) => [x / 2 - 0.25, y / 2 - 0.25])
    : noisy;
}

function turned(picture: GreyPicture, degrees: number): GreyPicture {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [middleX, middleY] = [(picture.width - 1) / 2, (picture.height - 1) / 2];
  return resampled(picture, picture.width, picture.height, (x, y) => [
    middleX + (x - middleX) * cos + (y - middleY) * sin,
    middleY - (x - middleX) * sin + (y - middleY) * cos,
  ]);
}

/** A picture of this size, each dot taken (bilinear) from where `from` says; outside is white. */
function resampled(
  picture: GreyPicture,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [number, number],
): GreyPicture {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= picture.width || y >= picture.height ? 255 : (picture.pixels[y * picture.width + x] ?? 255);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = from(x, y);
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [partX, partY] = [fromX - left, fromY - top];
      const upper = at(left, top) * (1 - partX) + at(left + 1, top) * partX;
      const lower = at(left, top + 1) * (1 - partX) + at(left + 1, top + 1) * partX;
      pixels[y * width + x] = Math.round(upper * (1 - partY) + lower * partY);
    }
  }
  return { width, height, pixels };
}

function coarser(picture: GreyPicture, times: number): GreyPicture {
  const [width, height] = [Math.floor(picture.width / times), Math.floor(picture.height / times)];
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let row = 0; row < times; row += 1) {
        const start = (y * times + row) * picture.width + x * times;
        for (let column = 0; column < times; column += 1) sum += picture.pixels[start + column] ?? 255;
      }
      pixels[y * width + x] = Math.round(sum / (times * times));
    }
  }
  return { width, height, pixels };
}

function withNoise(picture: GreyPicture, noise: number, seed: number): GreyPicture {
  const random = randomFrom(seed);
  const pixels = picture.pixels.map((grey) => {
    // Box and Muller: two even numbers give one that is normally distributed.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.min(255, Math.round(grey + noise * normal)));
  });
  return { ...picture, pixels };
}

/** Mulberry32: even numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
