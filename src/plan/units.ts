/** A typographic point in mm. */
export const point = 25.4 / 72

/** A CSS pixel in mm (CSS Values 4, § 6.2). */
export const pixel = 25.4 / 96
