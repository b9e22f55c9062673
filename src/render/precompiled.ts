/** A template as Handlebars' compiler has made it. */
export interface Precompiled {
  /** Of the text that it was made from. */
  readonly sha256: string
  readonly template: TemplateSpecification
}

/**
 * The tool's own templates, by path. Empty where the program runs from its source: then all are compiled. In the bundle,
 * `.build/templates.mjs` puts them here.
 */
export const precompiled: ReadonlyMap<string, Precompiled> = new Map()
