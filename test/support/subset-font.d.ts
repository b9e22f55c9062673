declare module 'subset-font' {
  /** @returns the font with only the glyphs of the text */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: { readonly targetFormat?: 'truetype' | 'woff2' },
  ): Promise<Buffer>
}
