import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkManifest, readManifestFile } from '../../../src/build/resources/manifest-file.ts'
import { manifestXml } from '../../../src/build/resources/manifest.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'

const version = [1, 2, 3, 0] as const

describe('the manifest gopack makes', () => {
  it('by default asks for no rights, names the systems, allows long paths, and changes nothing else', () => {
    expect(manifestXml({ name: 'hello', version, settings: {} })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
        <assemblyIdentity type="win32" name="hello" version="1.2.3.0" processorArchitecture="*"/>
        <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
          <application>
            <supportedOS Id="{35138b9a-5d96-4fbd-8e2d-a2440225f93a}"/>
            <supportedOS Id="{4a2f28e3-53b9-4441-ba9c-d69d4a4a6e38}"/>
            <supportedOS Id="{1f676c76-80e1-4239-95bb-83d0f6d0da78}"/>
            <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
          </application>
        </compatibility>
        <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
          <security>
            <requestedPrivileges>
              <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
            </requestedPrivileges>
          </security>
        </trustInfo>
        <application xmlns="urn:schemas-microsoft-com:asm.v3">
          <windowsSettings>
            <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
          </windowsSettings>
        </application>
      </assembly>
      "
    `)
  })

  it('holds whatever is asked for', () => {
    const settings = {
      executionLevel: 'requireAdministrator',
      uiAccess: true,
      dpiAwareness: 'permonitorv2',
      longPaths: false,
      utf8: true,
      commonControls: true,
      segmentHeap: true,
    } as const
    expect(manifestXml({ name: 'hello', version, settings })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
        <assemblyIdentity type="win32" name="hello" version="1.2.3.0" processorArchitecture="*"/>
        <dependency>
          <dependentAssembly>
            <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0" processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
          </dependentAssembly>
        </dependency>
        <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
          <application>
            <supportedOS Id="{35138b9a-5d96-4fbd-8e2d-a2440225f93a}"/>
            <supportedOS Id="{4a2f28e3-53b9-4441-ba9c-d69d4a4a6e38}"/>
            <supportedOS Id="{1f676c76-80e1-4239-95bb-83d0f6d0da78}"/>
            <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
          </application>
        </compatibility>
        <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
          <security>
            <requestedPrivileges>
              <requestedExecutionLevel level="requireAdministrator" uiAccess="true"/>
            </requestedPrivileges>
          </security>
        </trustInfo>
        <application xmlns="urn:schemas-microsoft-com:asm.v3">
          <windowsSettings>
            <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
            <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">permonitorv2,permonitor</dpiAwareness>
            <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
            <heapType xmlns="http://schemas.microsoft.com/SMI/2020/WindowsSettings">SegmentHeap</heapType>
          </windowsSettings>
        </application>
      </assembly>
      "
    `)
  })

  it('is well-formed whatever the name', () => {
    const xml = manifestXml({ name: `<a> & "b" 'c' 日本`, version, settings: { commonControls: true } })
    expect(xml).toContain('name="&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos; 日本"')
    expect(() => checkManifest(xml, 'x')).not.toThrow()
  })
})

describe('a manifest of the user’s own', () => {
  const identity = (version: string): string =>
    `<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">\n<assemblyIdentity name="x" ${version}/>\n</assembly>`
  const cases: readonly (readonly [string, string, number | undefined, RegExp])[] = [
    ['three numbers', identity('version="1.2.3"'), 2, /four numbers/],
    ['five numbers', identity('version="1.2.3.4.5"'), 2, /four numbers/],
    ['a part above 65535', identity('version="1.2.3.70000"'), 2, /four numbers/],
    ['a prerelease', identity('version="1.2.3-beta.1"'), 2, /four numbers/],
    ['no version', identity(''), 2, /absent/],
    ['another root', '<html></html>', undefined, /<assembly>/],
    ['nothing', '', 1, /no element/],
    ['text only', 'hello', 1, /outside the root/],
    ['an open element', '<assembly>\n<a>\n</assembly>', 3, /closes nothing/],
    ['an element never closed', '<assembly>\n', 2, /never closed/],
    ['two roots', '<assembly/>\n<assembly/>', 2, /more than one root/],
    ['a stray &', '<assembly>\na & b</assembly>', 1, /&amp;/],
    ['an attribute without quotes', '<assembly>\n<a b=c/></assembly>', 2, /broken/],
    ['an attribute twice', '<assembly a="1" a="2"/>', 1, /twice/],
  ]

  it.each(cases)('%s is refused', (_name, xml, line, reason) => {
    expect(() => checkManifest(xml, 'app.manifest')).toThrow(
      expect.objectContaining({
        code: 'MANIFEST_BROKEN',
        exitCode: 2,
        message: expect.stringMatching(reason),
        at: line === undefined ? { file: 'app.manifest' } : { file: 'app.manifest', line },
      }),
    )
  })

  it('with comments, prefixes, CDATA, entities and a BOM is taken', () => {
    const xml = `\ufeff<?xml version="1.0"?>\n<!-- <assemblyIdentity version="1"/> -->\n<asmv1:assembly xmlns:asmv1="urn:x">\n<asmv1:assemblyIdentity version='1.0.0.0' name='a &amp; b' />\n<x><![CDATA[ <&> ]]></x>\n</asmv1:assembly>\n`
    expect(() => checkManifest(xml, 'x')).not.toThrow()
  })

  it('is read as UTF-8 or UTF-16; missing, it is refused', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'app.manifest')
    const xml = `<?xml version="1.0" encoding="UTF-16"?>\n${identity('version="1.2.3.4"')}`
    writeFileSync(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]))
    expect(await readManifestFile(path)).toBe(xml.replace('UTF-16', 'UTF-8'))
    writeFileSync(path, Buffer.from('<assembly a="\xff"/>', 'latin1'))
    await expect(readManifestFile(path)).rejects.toMatchObject({ code: 'MANIFEST_BROKEN' })
    await expect(readManifestFile(join(folder, 'gone'))).rejects.toMatchObject({ code: 'MANIFEST_MISSING', exitCode: 2 })
  })
})
