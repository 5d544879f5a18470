import type { PeImage } from '../../pe/image.ts'
import { damaged, ifWhole } from '../damage.ts'
import type { AddFinding } from '../findings.ts'
import type { Resource } from '../types.ts'
import {
  languageName,
  readResource,
  readResourceDirectory,
  resourceName,
  resourceType,
  resourceTypeName,
  type ResourceLeaf,
} from './directory.ts'
import { readIcons, type Icon } from './icons.ts'
import { decodeManifestText, parseManifest, type Manifest } from './manifest.ts'
import { parseVersionInformation, type VersionInformation } from './version-information.ts'

export interface Resources {
  readonly resources: readonly Resource[]
  readonly versionInformation: readonly VersionInformation[]
  readonly icons: readonly Icon[]
  readonly manifest: Manifest | null
}

const textLimit = 1 << 20
/** One a language is usual. */
const mostVersions = 64

/** Reads and decodes the resources of a PE file; damage becomes findings, and what could be read is given. */
export async function readResources(image: PeImage, add: AddFinding): Promise<Resources> {
  const leaves =
    (await ifWhole(
      () => readResourceDirectory(image),
      (reason) => add('BAD_RESOURCES', reason),
    )) ?? []
  const ofType = (type: number): readonly ResourceLeaf[] => leaves.filter((leaf) => leaf.type === type)
  const versionInformation: VersionInformation[] = []
  for (const leaf of ofType(resourceType.version).slice(0, mostVersions)) {
    const read = async (): Promise<VersionInformation> =>
      parseVersionInformation(await readResource(image, leaf, textLimit), languageName(leaf.language))
    const one = await ifWhole(read, (reason) => add('BAD_VERSION_INFORMATION', `Version information ${resourceName(leaf.name)}: ${reason}`))
    if (one !== undefined) versionInformation.push(one)
  }
  const [manifestLeaf] = ofType(resourceType.manifest)
  const manifest = manifestLeaf === undefined ? undefined : await readManifest(image, manifestLeaf, add)
  return {
    resources: leaves.map(describe),
    versionInformation,
    icons: await readIcons(image, leaves, (message) => add('BAD_ICON', message)),
    manifest: manifest ?? null,
  }
}

function describe(leaf: ResourceLeaf): Resource {
  return { type: resourceTypeName(leaf.type), name: resourceName(leaf.name), language: languageName(leaf.language), size: leaf.size }
}

async function readManifest(image: PeImage, leaf: ResourceLeaf, add: AddFinding): Promise<Manifest | undefined> {
  const name = resourceName(leaf.name)
  const read = async (): Promise<Manifest> => {
    const xml = decodeManifestText(await readResource(image, leaf, textLimit))
    try {
      return parseManifest(xml, name, languageName(leaf.language))
    } catch (error) {
      return damaged(`It is no well-formed XML: ${(error as Error).message}.`)
    }
  }
  return ifWhole(read, (reason) => add('BAD_MANIFEST', `Manifest ${name}: ${reason}`))
}
