import type { Manifest } from '../types.ts'
import { row, type Row } from './rows.ts'

/** What of the manifest changes how Windows runs the program. */
export function manifestRow(manifest: Manifest | null): Row[] {
  if (manifest === null) return row('manifest', 'none')
  const { supportedWindows, identity } = manifest
  return row(
    'manifest',
    manifest.executionLevel ?? 'no execution level',
    manifest.uiAccess && 'uiAccess',
    manifest.longPaths && 'long paths',
    manifest.codePage,
    (manifest.dpiAwareness ?? manifest.dpiAware) !== null && `DPI ${manifest.dpiAwareness ?? manifest.dpiAware}`,
    manifest.gdiScaling && 'GDI scaling',
    manifest.heap,
    manifest.commonControls && 'Common Controls 6',
    supportedWindows.length > 0 && `Windows ${supportedWindows.join(' ')}`,
    identity?.name && `${identity.name} ${identity.version ?? ''}`.trim(),
  )
}
