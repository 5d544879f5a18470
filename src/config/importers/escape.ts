/** Control characters, and marks that turn the direction of writing: a terminal obeys them. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A text of an imported file on one line, with `\u001b` for what a terminal would obey. */
export const escaped = (text: string): string =>
  text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
