import { importError } from '../../../errors/import.ts'
import { decode1252 } from './code-page-1252.ts'

/** A line of the file, from 1. */
export interface RcLine {
  readonly number: number
  readonly text: string
}

/** Code pages of Windows by the names the WHATWG gave them (encoding.spec.whatwg.org). */
const encodings: Readonly<Record<number, string>> = {
  437: '',
  850: '',
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-8',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  20127: 'windows-1252',
  20866: 'koi8-r',
  28591: 'windows-1252',
  28592: 'iso-8859-2',
  28595: 'iso-8859-5',
  28605: 'iso-8859-15',
  54936: 'gb18030',
  65001: 'utf-8',
}

/** What `rc` takes a file for that says nothing: the code page of Windows in the west. */
const standard = 1252

/**
 * Decodes a .rc file: by its mark at the beginning, else line by line by `#pragma code_page(N)`.
 * @throws IMPORT_RC_CODE_PAGE
 */
export function decodeLines(bytes: Buffer, file: string): RcLine[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return split(new TextDecoder('utf-16le').decode(bytes))
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return split(strictly(bytes.subarray(3), 'utf-8', 1, file, 65001))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) throw wrong(file, 1, 'it is UTF-16 with the bytes turned round')
  if (bytes.subarray(0, 400).includes(0)) throw wrong(file, 1, 'it holds NUL bytes, as UTF-16 without a mark at its beginning does')
  let page: number | undefined
  return lineBytes(bytes).map((line, index) => {
    const number = index + 1
    const text = decodeLine(line, page, number, file)
    const pragma = /^\s*#\s*pragma\s+code_page\s*\(\s*(\w+)\s*\)/.exec(text)
    if (pragma !== null) page = pageOf(pragma[1]!, number, file)
    return { number, text }
  })
}

const split = (text: string): RcLine[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: line }))

function lineBytes(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf(0x0a, start)
    const line = bytes.subarray(start, end < 0 ? bytes.length : end)
    lines.push(line.at(-1) === 0x0d ? line.subarray(0, -1) : line)
    if (end < 0) break
    start = end + 1
  }
  return lines
}

function decodeLine(line: Buffer, page: number | undefined, number: number, file: string): string {
  if (line.every((byte) => byte < 0x80)) return line.toString('latin1')
  // In Latin letters hardly any text looks like UTF-8 by chance.
  if (page === undefined && isUtf8(line))
    throw wrong(
      file,
      number,
      'its characters are UTF-8, and no #pragma code_page(65001) stands before them: they would be read as code page 1252',
    )
  return strictly(line, encodings[page ?? standard]!, number, file, page ?? standard)
}

function pageOf(text: string, number: number, file: string): number {
  const page = /^default$/i.test(text) ? standard : Number(text)
  if (!encodings[page]) throw wrong(file, number, `code page ${text} is not one gopack knows`)
  return page
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function strictly(bytes: Buffer, encoding: string, number: number, file: string, page: number): string {
  let text: string | undefined
  try {
    text = encoding === 'windows-1252' ? decode1252(bytes) : new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // Told below.
  }
  // Code points 80 to 9F stand for bytes the code page has no character for.
  if (text !== undefined && !/[\u0080-\u009f]/.test(text)) return text
  const line = text === undefined && page === 65001 && bytes.includes(0x0a) ? firstWrong(bytes) : number
  throw wrong(file, line, `it holds bytes that are no characters of code page ${page}`)
}

/** The first line that is not UTF-8. */
function firstWrong(bytes: Buffer): number {
  return lineBytes(bytes).findIndex((line) => !isUtf8(line)) + 1
}

const wrong = (file: string, line: number, message: string): Error =>
  importError('IMPORT_RC_CODE_PAGE', { message: `${file}:${line}: ${message}.`, at: { file, line } })
