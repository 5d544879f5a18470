import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { inspectError } from '../../errors/inspect.ts'

/** One row of artifacts.json, as far as inspection relies on it. */
export interface ListedArtifact {
  readonly type: string
  readonly app: string | null
  readonly version: string | null
  readonly tag: string | null
  readonly target: string | null
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export interface ArtifactList {
  readonly tool: string | null
  readonly go: string | null
  readonly commit: string | null
  readonly dirty: boolean
  readonly timestamp: string | null
  readonly artifacts: readonly ListedArtifact[]
}

const sizeLimit = 16 << 20

/**
 * Reads dist/artifacts.json. It is read as a stranger's file: somebody may have copied it from anywhere.
 * @throws INSPECT_NOT_DIST when it is missing or not of the form.
 */
export async function readArtifactList(folder: string): Promise<ArtifactList> {
  const refuse = (reason: string, cause?: unknown): never => {
    throw inspectError('INSPECT_NOT_DIST', { message: `${folder} is no dist folder of gopack: artifacts.json ${reason}.`, cause })
  }
  const file = await open(join(folder, 'artifacts.json')).catch((cause: unknown) => refuse('is not there or cannot be read', cause))
  try {
    const { size } = await file.stat()
    if (size > sizeLimit) refuse('is too large')
    return parseList(JSON.parse(await file.readFile('utf8')), refuse)
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('is no JSON', error)
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return refuse('is a folder', error)
    throw error
  } finally {
    await file.close()
  }
}

function parseList(value: unknown, refuse: (reason: string) => never): ArtifactList {
  if (!isRecord(value) || !Array.isArray(value.artifacts)) return refuse('has no list of artifacts')
  if (value.schema !== 1) return refuse('has another schema than 1: it was made by another version of gopack')
  return {
    tool: isRecord(value.tool) ? `${textOf(value.tool.name) ?? ''} ${textOf(value.tool.version) ?? ''}`.trim() : null,
    go: textOf(value.go),
    commit: textOf(value.commit),
    dirty: value.dirty === true,
    timestamp: textOf(value.timestamp),
    artifacts: value.artifacts.map((row: unknown, index) => parseRow(row, () => refuse(`is damaged in artifact ${index + 1}`))),
  }
}

function parseRow(row: unknown, refuse: () => never): ListedArtifact {
  if (!isRecord(row)) return refuse()
  const { type, path, size, sha256 } = row
  if (typeof type !== 'string' || typeof path !== 'string' || typeof size !== 'number' || typeof sha256 !== 'string') return refuse()
  return {
    type,
    path,
    size,
    sha256,
    app: textOf(row.app),
    version: textOf(row.version),
    tag: textOf(row.tag),
    target: targetOf(row.target),
  }
}

/** `windows/amd64`, `windows/amd64/v3`. */
function targetOf(target: unknown): string | null {
  if (!isRecord(target) || textOf(target.os) === null || textOf(target.arch) === null) return null
  return [target.os, target.arch, target.variant].filter((part) => typeof part === 'string').join('/')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
