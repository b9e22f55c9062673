/**
 * Whether nothing of a text can be seen: blanks, joiners, characters without width, marks of direction, or nothing at
 * all.
 */
export function isUnseen(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(text)
}
