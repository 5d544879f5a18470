import type { ResourcesConfig } from '../../schema/resources.ts'
import { isTrue, type MapTree, type TextTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'

type ManifestSettings = Exclude<ResourcesConfig['manifest'], string | undefined>

const levels: Readonly<Record<string, ManifestSettings['executionLevel']>> = {
  '': 'asInvoker',
  'as invoker': 'asInvoker',
  highest: 'highestAvailable',
  'highest available': 'highestAvailable',
  administrator: 'requireAdministrator',
  'require administrator': 'requireAdministrator',
}

/** Nothing said is "system" in go-winres. */
const awareness: Readonly<Record<string, ManifestSettings['dpiAwareness']>> = {
  '': 'system',
  aware: 'system',
  true: 'system',
  system: 'system',
  unaware: 'unaware',
  false: 'unaware',
  'per monitor': 'permonitor',
  permonitor: 'permonitor',
  'per monitor v2': 'permonitorv2',
  permonitorv2: 'permonitorv2',
}

/** Switches gopack has too, and its own default for each. */
const switches: Readonly<Record<string, readonly [keyof ManifestSettings, boolean]>> = {
  'ui-access': ['uiAccess', false],
  'long-path-aware': ['longPaths', true],
  'segment-heap': ['segmentHeap', false],
  'use-common-controls-v6': ['commonControls', false],
}

/** The manifest of go-winres as gopack's settings. What is absent is off there. */
export function manifestSettings(manifest: MapTree, ledger: Ledger): ManifestSettings {
  const text = (key: string): string => {
    const node = manifest.entries.get(key)
    return node?.kind === 'text' ? node.text.toLowerCase() : ''
  }
  const settings: ManifestSettings = {}
  const level = levels[text('execution-level')]
  if (level !== undefined && level !== 'asInvoker') settings.executionLevel = level
  const dpi = awareness[text('dpi-awareness')]
  if (dpi !== undefined) settings.dpiAwareness = dpi
  for (const [key, [setting, standard]] of Object.entries(switches)) {
    const on = isTrue(manifest.entries.get(key))
    if (on !== standard) Object.assign(settings, { [setting]: on })
  }
  for (const [key, node] of manifest.entries) listed(key, node, ledger)
  return settings
}

function listed(key: string, node: Tree, ledger: Ledger): void {
  if (key === 'identity') return readIdentity(node, ledger)
  if (node.kind !== 'text') return undefined
  if (Object.hasOwn(switches, key)) return ledger.carry(node, `resources.manifest.${switches[key]![0]}`)
  if (key === 'execution-level') return known(node, levels, 'executionLevel', ledger)
  if (key === 'dpi-awareness') return known(node, awareness, 'dpiAwareness', ledger)
  if (key === 'minimum-os') {
    if (node.text === '' || node.text === 'win7') return ledger.carry(node, 'nothing: Windows 7 to 11 are named as supported')
    return ledger.leave(node, 'gopack names Windows 7 to 11 as supported')
  }
  if (key === 'description') {
    if (node.text === '') return ledger.carry(node, 'nothing: it is empty')
    return ledger.leave(node, 'Windows shows the FileDescription of the version information (resources.description), never this one')
  }
  const off = [
    'auto-elevate',
    'disable-theming',
    'disable-window-filtering',
    'high-resolution-scrolling-aware',
    'ultra-high-resolution-scrolling-aware',
    'printer-driver-isolation',
    'gdi-scaling',
  ]
  if (!off.includes(key)) return undefined
  if (!isTrue(node)) return ledger.carry(node, 'nothing: it is off')
  return ledger.leave(node, 'the manifest gopack writes has no such setting; name a manifest file of your own under resources.manifest')
}

function known(node: TextTree, table: Readonly<Record<string, unknown>>, setting: string, ledger: Ledger): void {
  if (Object.hasOwn(table, node.text.toLowerCase())) ledger.carry(node, `resources.manifest.${setting}`)
  else ledger.leave(node, 'go-winres has no such value')
}

/** Windows asks for a name and a version here; gopack takes those of the program. */
function readIdentity(node: Tree, ledger: Ledger): void {
  if (node.kind !== 'map') return
  for (const part of node.entries.values()) {
    if (part.kind === 'text' && part.text === '') ledger.carry(part, 'nothing: it is empty')
    else ledger.leave(part, "the identity is the program's name and version")
  }
}
