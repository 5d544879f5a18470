import { xmlElements, type XmlElement } from './xml.ts'

/** An application manifest: its text and what of it changes how Windows runs the program. */
export interface Manifest {
  readonly name: string
  readonly language: string
  readonly xml: string
  readonly identity: {
    readonly name: string | null
    readonly version: string | null
    readonly type: string | null
    readonly architecture: string | null
  } | null
  /** `asInvoker`, `highestAvailable`, `requireAdministrator`. */
  readonly executionLevel: string | null
  readonly uiAccess: boolean
  /** The old setting: `true`, `true/pm`. */
  readonly dpiAware: string | null
  /** The new one: `PerMonitorV2, PerMonitor`. */
  readonly dpiAwareness: string | null
  readonly longPaths: boolean
  /** `UTF-8`. */
  readonly codePage: string | null
  readonly heap: string | null
  readonly gdiScaling: boolean
  readonly supportedWindows: readonly string[]
  readonly commonControls: boolean
}

const windowsByGuid: Readonly<Record<string, string>> = {
  '{e2011457-1546-43c5-a5fe-008deee3d3f0}': 'Vista',
  '{35138b9a-5d96-4fbd-8e2d-a2440225f93a}': '7',
  '{4a2f28e3-53b9-4441-ba9c-d69d4a4a6e38}': '8',
  '{1f676c76-80e1-4239-95bb-83d0f6d0da78}': '8.1',
  '{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}': '10/11',
}

/** The text of a manifest resource: UTF-8, or UTF-16 where a byte order mark says so. */
export function decodeManifestText(bytes: Buffer): string {
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')
  // No regular expression for the padding: one would take quadratic time over zeros that are not at the end.
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--
  return text.slice(text.startsWith('\ufeff') ? 1 : 0, end)
}

/**
 * Decodes a manifest (Windows documentation, "Application manifests").
 * @throws an Error when it is no well-formed XML.
 */
export function parseManifest(xml: string, name: string, language: string): Manifest {
  const elements = xmlElements(xml)
  const find = (wanted: string): XmlElement | undefined => elements.find((element) => element.name === wanted)
  const text = (wanted: string): string | null => find(wanted)?.text ?? null
  const isTrue = (value: string | null | undefined): boolean => value?.toLowerCase() === 'true'
  const own = elements.find((element) => element.name === 'assemblyIdentity' && !element.within.includes('dependentAssembly'))
  const needed = elements.filter((element) => element.name === 'assemblyIdentity' && element.within.includes('dependentAssembly'))
  const level = find('requestedExecutionLevel')
  return {
    name,
    language,
    xml,
    identity: own === undefined ? null : identityOf(own),
    executionLevel: level?.attributes.level ?? null,
    uiAccess: isTrue(level?.attributes.uiAccess),
    dpiAware: text('dpiAware'),
    dpiAwareness: text('dpiAwareness'),
    longPaths: isTrue(text('longPathAware')),
    codePage: text('activeCodePage'),
    heap: text('heapType'),
    gdiScaling: isTrue(text('gdiScaling')),
    supportedWindows: elements
      .filter((element) => element.name === 'supportedOS')
      .map(({ attributes }) => windowsName(attributes.Id ?? '')),
    commonControls: needed.some(({ attributes }) => attributes.name === 'Microsoft.Windows.Common-Controls'),
  }
}

function identityOf({ attributes }: XmlElement): Manifest['identity'] {
  const { name = null, version = null, type = null, processorArchitecture = null } = attributes
  return { name, version, type, architecture: processorArchitecture }
}

function windowsName(guid: string): string {
  return windowsByGuid[guid.toLowerCase()] ?? guid
}
