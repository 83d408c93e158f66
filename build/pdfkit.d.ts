/** The part of pdfkit (which brings no types) that the comparison in `bench-form.ts` uses. */
declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: { autoFirstPage: boolean; margin: number; size: [number, number] });
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    registerFont(name: string, source: Uint8Array): this;
    addPage(): this;
    font(name: string): this;
    fontSize(size: number): this;
    text(text: string, x: number, y: number, options: { lineBreak: false; horizontalScaling?: number }): this;
    rect(x: number, y: number, width: number, height: number): this;
    fill(): this;
    stroke(): this;
    lineWidth(width: number): this;
    end(): void;
  }
}
