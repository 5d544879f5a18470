import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { resourceError } from '../../../errors/resources.ts'
import { checkPng, isPng } from './png-check.ts'
import { isIco, parseIco } from './ico.ts'
import type { Icon, IconImage } from './types.ts'

const sizeLimit = 16 * 1024 * 1024

export interface CheckedIcon {
  readonly path: string
  /** Of the file, hex. */
  readonly sha256: string
  readonly kind: 'ico' | 'png'
}

/**
 * Makes sure that an icon can be used, without scaling anything: for the plan, and before anything is compiled.
 * `namedIn` is the file of another tool that names it, so that the message can say so.
 * @throws ICON_MISSING, ICON_BROKEN, ICON_TOO_LARGE
 */
export async function checkIcon(path: string, namedIn?: string): Promise<CheckedIcon> {
  const bytes = await readBytes(path, namedIn)
  const kind = isPng(bytes) ? 'png' : 'ico'
  if (kind === 'png') checkPng(bytes, path)
  else parseIco(bytes, path)
  return { path, sha256: sha256(bytes), kind }
}

/**
 * Reads an icon: the images of an .ico as they are, a .png scaled to the usual sizes.
 * The kind is found out from the bytes, whatever the file is called.
 * @throws ICON_MISSING, ICON_BROKEN, ICON_TOO_LARGE
 */
export async function readIcon(path: string): Promise<Icon> {
  const bytes = await readBytes(path)
  const hash = sha256(bytes)
  return { path, sha256: hash, images: isPng(bytes) ? await scaledImages(bytes, path, hash) : parseIco(bytes, path) }
}

// Several targets and apps share one icon; scaling takes longer than everything else.
const scaled = new Map<string, Promise<readonly IconImage[]>>()
const scaledLimit = 4

function scaledImages(bytes: Buffer, path: string, hash: string): Promise<readonly IconImage[]> {
  const known = scaled.get(hash)
  if (known !== undefined) return known
  checkPng(bytes, path)
  const images = import('./from-png.ts').then(({ iconFromPng }) => iconFromPng(bytes, path))
  if (scaled.size >= scaledLimit) scaled.delete(scaled.keys().next().value!)
  scaled.set(hash, images)
  return images
}

async function readBytes(path: string, namedIn?: string): Promise<Buffer> {
  const status = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' || cause.code === 'ENOTDIR' ? 'is not there' : `cannot be read (${cause.code})`
    const hint =
      namedIn === undefined
        ? {}
        : { hint: `It is named in ${namedIn}: correct that file, or set \`resources.icon\` (\`none\` to have no icon).` }
    throw resourceError('ICON_MISSING', { message: `The icon ${path} ${reason}.`, cause, ...hint })
  })
  if (!status.isFile()) throw resourceError('ICON_BROKEN', { message: `The icon ${path} is not a file.` })
  if (status.size > sizeLimit)
    throw resourceError('ICON_TOO_LARGE', { message: `The icon ${path} has ${status.size} bytes; the limit is ${sizeLimit}.` })
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw resourceError('ICON_MISSING', { message: `The icon ${path} cannot be read (${cause.code}).`, cause })
  })
  if (isPng(bytes) || isIco(bytes)) return bytes
  throw resourceError('ICON_BROKEN', { message: `${path} is neither an .ico nor a .png file${whatItIs(bytes)}.` })
}

function whatItIs(bytes: Buffer): string {
  if (bytes.length === 0) return ': it is empty'
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x0002_0000) return ': it is a cursor'
  if (bytes.toString('latin1', 0, 200).includes('<svg')) return ': it is an SVG drawing; export it as PNG'
  return ''
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
