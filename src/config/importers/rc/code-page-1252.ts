/**
 * The characters of 0x80 to 0x9F in code page 1252 (unicode.org, CP1252.TXT); U+0081 and such where there is none.
 * The TextDecoder of Node 20 has control characters for all of them.
 */
const upper =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** Decodes code page 1252; a byte that has no character becomes the control character of its number. */
export const decode1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replaceAll(/[\u0080-\u009f]/g, (character) => upper[character.charCodeAt(0) - 0x80]!)
