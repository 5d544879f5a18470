import { resourceError } from '../../errors/resources.ts'
import { readBounded, UnfitFile } from '../../project/resource-files/read-bounded.ts'
import { checkXml } from './xml.ts'

/**
 * Reads a manifest of the user's own and refuses what Windows would refuse at the start of the program
 * ("side-by-side configuration is incorrect").
 * @throws MANIFEST_MISSING, MANIFEST_BROKEN
 */
export async function readManifestFile(path: string): Promise<string> {
  const bytes = await readBounded(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause instanceof UnfitFile) throw broken(path, cause.message)
    const reason = cause.code === 'ENOENT' ? 'is not there' : `cannot be read (${cause.code})`
    throw resourceError('MANIFEST_MISSING', { message: `The manifest ${path} ${reason}.`, cause })
  })
  const xml = decode(bytes, path)
  checkManifest(xml, path)
  return xml
}

/** The pure part of {@link readManifestFile}. @throws MANIFEST_BROKEN */
export function checkManifest(xml: string, path: string): void {
  const problem = checkXml(xml)
  if (problem !== undefined) throw broken(path, problem.reason, problem.line)
  const tags = [
    ...xml
      .replace(/<!--.*?-->/gs, (comment) => comment.replace(/[^\n]/g, ' '))
      .matchAll(/<(?:[\w.-]+:)?(\w+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g),
  ]
  if (tags[0]?.[1] !== 'assembly') throw broken(path, 'its root element is not <assembly>')
  for (const tag of tags.filter(([, name]) => name === 'assemblyIdentity')) {
    const version = /\sversion\s*=\s*["']([^"']*)["']/.exec(tag[2]!)?.[1]
    if (version === undefined || !isFourNumbers(version)) {
      const line = xml.slice(0, tag.index).split('\n').length
      throw broken(
        path,
        `the version of an assemblyIdentity must be four numbers up to 65535, not ${version === undefined ? 'absent' : `"${version}"`}`,
        line,
      )
    }
  }
}

function isFourNumbers(version: string): boolean {
  return /^\d{1,5}(\.\d{1,5}){3}$/.test(version) && version.split('.').every((part) => Number(part) <= 65535)
}

/** Windows reads UTF-8 and UTF-16; in the exe it is always UTF-8. */
function decode(bytes: Buffer, path: string): string {
  if (bytes.length >= 2 && bytes.readUInt16LE(0) === 0xfeff)
    return bytes.toString('utf16le', 2).replace(/(<\?xml[^>]*encoding=["'])UTF-16(["'])/i, '$1UTF-8$2')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw resourceError('MANIFEST_BROKEN', { message: `The manifest ${path} is not UTF-8 text.`, cause, at: { file: path } })
  }
}

function broken(path: string, reason: string, line?: number): Error {
  return resourceError('MANIFEST_BROKEN', {
    message: `The manifest ${path} cannot be used: ${reason}.`,
    at: { file: path, ...(line === undefined ? {} : { line }) },
  })
}
