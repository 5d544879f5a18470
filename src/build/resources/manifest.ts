import type { FileVersion, ManifestSettings } from './types.ts'

/** Windows 7, 8, 8.1, and 10 with 11: without them Windows answers programs as if it were Vista. */
const supportedSystems = [
  '{35138b9a-5d96-4fbd-8e2d-a2440225f93a}',
  '{4a2f28e3-53b9-4441-ba9c-d69d4a4a6e38}',
  '{1f676c76-80e1-4239-95bb-83d0f6d0da78}',
  '{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}',
]

export interface ManifestInput {
  readonly name: string
  readonly version: FileVersion
  readonly settings: ManifestSettings
}

/**
 * The application manifest (learn.microsoft.com, "Application manifests"). Without settings it asks for no rights
 * and allows long paths; whatever else changes a program's behaviour is only there when asked for.
 */
export function manifestXml({ name, version, settings }: ManifestInput): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">',
    `  <assemblyIdentity type="win32" name="${escapeXml(name)}" version="${version.join('.')}" processorArchitecture="*"/>`,
    ...(settings.commonControls === true ? commonControls : []),
    '  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">',
    '    <application>',
    ...supportedSystems.map((id) => `      <supportedOS Id="${id}"/>`),
    '    </application>',
    '  </compatibility>',
    '  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">',
    '    <security>',
    '      <requestedPrivileges>',
    `        <requestedExecutionLevel level="${settings.executionLevel ?? 'asInvoker'}" uiAccess="${settings.uiAccess ?? false}"/>`,
    '      </requestedPrivileges>',
    '    </security>',
    '  </trustInfo>',
    ...windowsSettings(settings),
    '</assembly>',
    '',
  ]
  return lines.join('\n')
}

const commonControls = [
  '  <dependency>',
  '    <dependentAssembly>',
  '      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0" processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>',
  '    </dependentAssembly>',
  '  </dependency>',
]

/** Each setting came with another version of Windows, and so with another namespace. */
function windowsSettings(settings: ManifestSettings): string[] {
  const lines: string[] = []
  const add = (year: string, name: string, value: string): void => {
    lines.push(`      <${name} xmlns="http://schemas.microsoft.com/SMI/${year}/WindowsSettings">${value}</${name}>`)
  }
  if (settings.dpiAwareness !== undefined) {
    const { classic, modern } = dpiValues[settings.dpiAwareness]
    add('2005', 'dpiAware', classic)
    add('2016', 'dpiAwareness', modern)
  }
  if (settings.longPaths !== false) add('2016', 'longPathAware', 'true')
  if (settings.utf8 === true) add('2019', 'activeCodePage', 'UTF-8')
  if (settings.segmentHeap === true) add('2020', 'heapType', 'SegmentHeap')
  if (lines.length === 0) return []
  return [
    '  <application xmlns="urn:schemas-microsoft-com:asm.v3">',
    '    <windowsSettings>',
    ...lines,
    '    </windowsSettings>',
    '  </application>',
  ]
}

/** Windows before 1607 reads only dpiAware; newer ones take the first word of dpiAwareness they know. */
const dpiValues = {
  unaware: { classic: 'false', modern: 'unaware' },
  system: { classic: 'true', modern: 'system' },
  permonitor: { classic: 'true/pm', modern: 'permonitor' },
  permonitorv2: { classic: 'true/pm', modern: 'permonitorv2,permonitor' },
} as const

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!)
}
