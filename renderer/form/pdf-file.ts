import { PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef, PDFString } from '@cantoo/pdf-lib';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { asciiBytes, deflate, deflateAll } from './deflate';
import { FontSubset, type FontProgram } from './font-subset';
import { fontKeys, Typefaces } from './typefaces';
import type { FontKey, FormFonts } from './fonts';

/** Points per millimetre. */
export const pointsPerMm = 72 / 25.4;

/** Sheet sizes in mm, portrait. */
export const sheets = { A5: { width: 148, height: 210 }, A4: { width: 210, height: 297 } } as const;
export type Paper = keyof typeof sheets;

/** What a PDF says about itself. Nothing here is taken from the clock: the same input gives the same bytes. */
export interface PdfDescription {
  readonly title: string;
  readonly author: string;
}

/** A letter that no font has, and where it stands. */
export interface MissingLetter {
  readonly letter: string;
  readonly field: string;
}

const producer = 'Ersatzschein';

/**
 * A PDF being made: pages of our own content streams, form XObjects for what repeats, one subset of each font used.
 *
 * It keeps PDF/A-2b's rules (embedded fonts, Unicode maps, XMP, device-independent colour by default colour spaces, so that no
 * colour profile is needed) and says so; text is searchable, title and language are set.
 */
export class PdfFile {
  readonly typefaces: Typefaces;
  /** Filled while drawing; a file with a missing letter must not be handed out. */
  readonly missing: MissingLetter[] = [];
  private readonly subsets = new Map<FontKey, FontSubset>();
  private readonly pages: { readonly paper: Paper; readonly content: string }[] = [];
  private readonly forms = new Map<string, string>();

  constructor(
    private readonly fonts: FormFonts,
    private readonly description: PdfDescription,
  ) {
    this.typefaces = Typefaces.of(fonts);
  }

  /** The subset of a font in this file; its resource name is the key. */
  subset(key: FontKey): FontSubset {
    const known = this.subsets.get(key);
    if (known !== undefined) return known;
    const subset = new FontSubset(this.fonts, key);
    this.subsets.set(key, subset);
    return subset;
  }

  /** Adds a page with this content stream (points, origin below left). */
  addPage(paper: Paper, content: string): void {
    this.pages.push({ paper, content });
  }

  get pageCount(): number {
    return this.pages.length;
  }

  hasForm(name: string): boolean {
    return this.forms.has(name);
  }

  /** Adds something that many pages show, drawn once: a form XObject, used by `/name Do`. */
  addForm(name: string, content: string): void {
    this.forms.set(name, content);
  }

  /** The file's bytes. */
  async bytes(): Promise<Uint8Array> {
    const document = await PDFDocument.create({ updateMetadata: false });
    const { context } = document;
    const stream = async (
      content: Uint8Array<ArrayBuffer>,
      entries: Record<string, string | number | number[] | PDFRef> = {},
    ): Promise<PDFRef> => {
      const compressed = await deflate(content);
      return context.register(
        PDFRawStream.of(context.obj({ ...entries, Filter: 'FlateDecode', Length: compressed.length }), compressed),
      );
    };

    const programs = await Promise.all(
      fontKeys
        .map((key) => this.subsets.get(key))
        .filter((subset) => subset !== undefined)
        .map(async (subset) => ({ key: subset.key, program: await subset.program() })),
    );
    const fonts = Object.fromEntries(
      programs.map(({ key, program }) => [key, embedFont(document, this.typefaces, key, program)]),
    );
    const colours = {
      // An equal-energy white point: viewers that adapt others give grey a tint.
      DefaultGray: ['CalGray', { WhitePoint: [1, 1, 1], Gamma: 2.2 }],
      DefaultRGB: [
        'CalRGB',
        {
          WhitePoint: [0.9505, 1, 1.089],
          Gamma: [2.2, 2.2, 2.2],
          Matrix: [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505],
        },
      ],
    };
    const shared = context.register(context.obj({ Font: fonts, ColorSpace: colours }));
    const drawn: Record<string, PDFRef> = {};
    for (const [name, content] of this.forms) {
      drawn[name] = await stream(asciiBytes(content), {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, sheets.A4.width * pointsPerMm, sheets.A4.height * pointsPerMm],
        Resources: shared,
      });
    }
    const resources = context.register(context.obj({ Font: fonts, ColorSpace: colours, XObject: drawn }));
    const contents = await deflateAll(this.pages.map(({ content }) => content));
    this.pages.forEach(({ paper }, index) => {
      const { width, height } = sheets[paper];
      const page = document.addPage([width * pointsPerMm, height * pointsPerMm]);
      const content = contents[index] ?? new Uint8Array();
      const ref = context.register(
        PDFRawStream.of(context.obj({ Filter: 'FlateDecode', Length: content.length }), content),
      );
      page.node.set(PDFName.of('Contents'), ref);
      page.node.set(PDFName.of('Resources'), resources);
    });

    this.describe(document, contents);
    return document.save({ useObjectStreams: true, addDefaultPage: false, objectsPerTick: Infinity });
  }

  /** Title, language, XMP and the file's id, which is made from its content. */
  private describe(document: PDFDocument, contents: readonly Uint8Array[]): void {
    const { context, catalog } = document;
    document.setTitle(this.description.title, { showInWindowTitleBar: true });
    document.setAuthor(this.description.author);
    document.setProducer(producer);
    document.setLanguage('de-DE');
    const xmp = new TextEncoder().encode(xmpPacket(this.description));
    const metadata = PDFRawStream.of(context.obj({ Type: 'Metadata', Subtype: 'XML', Length: xmp.length }), xmp);
    catalog.set(PDFName.of('Metadata'), context.register(metadata));
    const hash = sha256.create().update(xmp);
    for (const content of contents) hash.update(content);
    const id = PDFHexString.of(bytesToHex(hash.digest()).slice(0, 32));
    context.trailerInfo.ID = context.obj([id, id]);
  }
}

function embedFont(document: PDFDocument, typefaces: Typefaces, key: FontKey, program: FontProgram): PDFRef {
  const { context } = document;
  const font = typefaces.font(key);
  const perMille = (units: number): number => Math.round((units * 1000) / font.unitsPerEm);
  const { minX, minY, maxX, maxY } = font.bbox;
  const file = context.register(
    PDFRawStream.of(
      context.obj({ Filter: 'FlateDecode', Length: program.compressed.length, Length1: program.length }),
      program.compressed,
    ),
  );
  const toUnicode = context.register(
    PDFRawStream.of(context.obj({ Filter: 'FlateDecode', Length: program.toUnicode.length }), program.toUnicode),
  );
  const isMono = key === 'mono' || key === 'wideMono';
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: program.name,
      // 4: symbolic, as the letters are found by glyph number; 1: all letters equally wide.
      Flags: isMono ? 5 : 4,
      FontBBox: [minX, minY, maxX, maxY].map(perMille),
      ItalicAngle: font.italicAngle,
      Ascent: perMille(font.ascent),
      Descent: perMille(font.descent),
      CapHeight: perMille(font.capHeight),
      StemV: 80,
      FontFile2: file,
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: program.name,
      CIDToGIDMap: 'Identity',
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      W: [0, [...program.widths]],
    }),
  );
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: program.name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: toUnicode,
    }),
  );
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

function xmpPacket({ title, author }: PdfDescription): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>de-DE</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>${producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}
