import { describe, expect, it } from 'vitest'
import { leftOf, rc } from './context.ts'

const version = (body: string, head = ''): string =>
  `${head}1 VERSIONINFO\nBEGIN\n  BLOCK "StringFileInfo"\n  BEGIN\n    BLOCK "040904b0"\n    BEGIN\n${body}\n    END\n  END\nEND\n`

describe('a .rc file', () => {
  it('gives texts in several languages, icon and manifest', () => {
    const imported = rc(`#include <windows.h>
#include "winver.h"
#pragma code_page(65001)
/* a comment
   of two lines */
#define COMPANY "Beispiel GmbH" // with a comment
#define NAME COMPANY " Tool"
#define VER 1,2,3,0
LANGUAGE LANG_ENGLISH, SUBLANG_ENGLISH_US
10 ICON "other.ico"
9 ICON DISCARDABLE app.ico
CREATEPROCESS_MANIFEST_RESOURCE_ID RT_MANIFEST "app.manifest"
VS_VERSION_INFO VERSIONINFO
 FILEVERSION VER
 PRODUCTVERSION VER
 FILEFLAGSMASK VS_FFI_FILEFLAGSMASK
#ifdef _DEBUG
 FILEFLAGS VS_FF_DEBUG
#else
 FILEFLAGS 0x0L
#endif
 FILEOS VOS_NT_WINDOWS32
 FILETYPE VFT_APP
 FILESUBTYPE VFT2_UNKNOWN
BEGIN
  BLOCK "StringFileInfo"
  {
    BLOCK "040904b0"
    BEGIN
      VALUE "CompanyName", COMPANY "\\0"
      VALUE "FileDescription", NAME
      VALUE "LegalCopyright", "© ""Beispiel"""
      VALUE "FileVersion", "1.2.3"
      VALUE "Website", L"https://example.com/\\x00fc"
    END
    BLOCK "040704B0"
    BEGIN
      VALUE "FileDescription", "Werkzeug für \\
Größe"
    END
  }
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200, 0x407, 1200
  END
END
`)
    expect(imported.config.resources).toEqual({
      icon: 'cmd/hello/app.ico',
      manifest: 'cmd/hello/app.manifest',
      languages: {
        '0x0409': {
          company: 'Beispiel GmbH',
          description: 'Beispiel GmbH Tool',
          copyright: '© "Beispiel"',
          strings: { Website: 'https://example.com/ü' },
        },
        '0x0407': { description: 'Werkzeug für Größe' },
      },
    })
    expect(leftOf(imported)).toEqual([
      '10 10 ICON [other.ico] gopack adds one icon: the first, which Explorer shows',
      '14 VS_VERSION_INFO VERSIONINFO.FILEVERSION [1,2,3,0] the version is that of the git tag, or what `gopack build --set-version` says',
      '15 VS_VERSION_INFO VERSIONINFO.PRODUCTVERSION [1,2,3,0] the version is that of the git tag, or what `gopack build --set-version` says',
      '33 VS_VERSION_INFO VERSIONINFO.StringFileInfo.040904b0.FileVersion [1.2.3] the version is that of the git tag, or what `gopack build --set-version` says',
    ])
  })

  it('lists other resources by their lines', () => {
    const imported = rc(`STRINGTABLE
BEGIN
  1, "one, BEGIN"
END
IDD_ABOUT DIALOGEX 0, 0, 100, 50
STYLE DS_SETFONT
FONT 8, "MS Shell Dlg"
{
  LTEXT "x", -1, 0, 0, 10, 10
}
5 RCDATA { 1, 2, 0x3 }
LOGO BITMAP "logo.bmp"
1 24 { "<assembly/>" }
`)
    expect(imported.left.map(({ line, lastLine, key }) => [line, lastLine, key])).toEqual([
      [1, 4, 'STRINGTABLE'],
      [5, 10, 'IDD_ABOUT DIALOGEX'],
      [11, undefined, '5 RCDATA'],
      [12, undefined, 'LOGO BITMAP'],
      [13, undefined, '1 24'],
    ])
    expect(imported.left.at(-1)!.reason).toContain('save the manifest as a file')
    expect(imported.config).toEqual({})
  })

  it('may have conditions', () => {
    const value = (condition: string): unknown => {
      const imported = rc(
        version(
          `#if ${condition}\nVALUE "Comments", "yes"\n#elif 1\nVALUE "Comments", "no"\n#else\nVALUE "Comments", "never"\n#endif`,
          '#define N 3\n',
        ),
      )
      // Of several branches one holds.
      expect(imported.left).toEqual([])
      return imported.config.resources?.comments
    }
    expect(value('N == 3 && !defined(X)')).toBe('yes')
    expect(value('(N > 5) || defined(RC_INVOKED)')).toBe('yes')
    expect(value('defined X')).toBe('no')
    expect(value('UNKNOWN')).toBe('no')
  })

  it('may use macros with arguments, which are listed where they stand', () => {
    const imported = rc(version('VALUE "FileDescription", "x"\nVALUE "Comments", STR(1, (2))', '#define STR(x) #x\n'))
    expect(imported.config.resources).toEqual({ description: 'x' })
    expect(leftOf(imported)).toEqual([
      '9 1 VERSIONINFO.StringFileInfo.040904b0.Comments [STR(1,(2))] gopack expands no macros with arguments',
    ])
  })

  it.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${version('VALUE "CompanyName", "Müller ©"')}`, 'utf16le')],
    ['UTF-8 with a mark', `\ufeff${version('VALUE "CompanyName", "Müller ©"')}`],
    ['UTF-8 with a pragma', version('VALUE "CompanyName", "Müller ©"', '#pragma code_page(65001)\n')],
    ['code page 1252 without a word', Buffer.from(version('VALUE "CompanyName", "Müller ©"'), 'latin1')],
    ['code page 1252 with a pragma', Buffer.from(version('VALUE "CompanyName", "Müller ©"', '#pragma code_page(1252)\r\n'), 'latin1')],
  ])('is decoded: %s', (_, text) => {
    expect(rc(text).config.resources?.company).toBe('Müller ©')
  })

  it('has the characters of code page 1252 that Latin-1 has not, and no others', () => {
    const company = (bytes: readonly number[]): unknown =>
      rc(Buffer.from(version(`VALUE "CompanyName", "${String.fromCharCode(...bytes)}"`), 'latin1')).config.resources?.company
    const bytes = Array.from({ length: 32 }, (_, index) => 0x80 + index)
    const none = [0x81, 0x8d, 0x8f, 0x90, 0x9d]
    expect(company(bytes.filter((byte) => !none.includes(byte)))).toBe('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')
    for (const byte of none) expect(() => company([byte])).toThrow('no characters of code page 1252')
  })

  it('is decoded as another code page from the line on that says so', () => {
    const bytes = Buffer.concat([
      Buffer.from('#pragma code_page(932)\n'),
      Buffer.from(version('VALUE "CompanyName", "@"').replace('@', '\x93\xfa\x96\x7b'), 'latin1'),
    ])
    expect(rc(bytes).config.resources?.company).toBe('日本')
  })
})

/** Constants C0 to CN, each of which stands for what `of` makes of the next. */
const chain = (count: number, of: (next: string) => string): string =>
  Array.from({ length: count + 1 }, (_, index) => `#define C${index} ${of(`C${index + 1}`)}`).join('\n')

describe('a .rc file that cannot be read', () => {
  it.each([
    ['IMPORT_RC_INCLUDE', '1 ICON "a.ico"\n#include "resource.h"\n', 2],
    ['IMPORT_RC_INCLUDE', '#include <../winver.h>\n', 1],
    ['IMPORT_RC_CODE_PAGE', Buffer.from(version('VALUE "CompanyName", "Müller"', '#pragma code_page(65001)\n'), 'latin1'), 8],
    ['IMPORT_RC_CODE_PAGE', version('VALUE "CompanyName", "Müller"'), 7],
    ['IMPORT_RC_CODE_PAGE', '\n#pragma code_page(12345)\n', 2],
    ['IMPORT_RC_CODE_PAGE', Buffer.from(version('VALUE "CompanyName", "a\x81b"'), 'latin1'), 7],
    ['IMPORT_RC_CODE_PAGE', Buffer.from('1 ICON "a"', 'utf16le'), 1],
    ['IMPORT_RC_SYNTAX', version('VALUE "CompanyName", "Muller'), 7],
    ['IMPORT_RC_SYNTAX', '\n/* never\nclosed\n', 2],
    ['IMPORT_RC_SYNTAX', version('VALUE CompanyName, "x"'), 7],
    ['IMPORT_RC_SYNTAX', version('NOTHING "x"'), 7],
    ['IMPORT_RC_SYNTAX', '1 VERSIONINFO\nFILEVERSION 1,x\nBEGIN\nEND\n', 2],
    ['IMPORT_RC_SYNTAX', '1 VERSIONINFO\nBEGIN\n', 2],
    ['IMPORT_RC_SYNTAX', 'STRINGTABLE\nBEGIN\n1, "x"\n', 1],
    ['IMPORT_RC_SYNTAX', '\n#if 1\n', 2],
    ['IMPORT_RC_SYNTAX', '#endif\n', 1],
    ['IMPORT_RC_SYNTAX', '#if 1 +\n#endif\n', 1],
    ['IMPORT_RC_SYNTAX', '#frobnicate\n', 1],
    ['IMPORT_RC_SYNTAX', '{ 1 }\n', 1],
    ['IMPORT_RC_SYNTAX', '1 ICON\n', 1],
    ['IMPORT_RC_SYNTAX', `\n#if ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n#endif\n`, 2],
    ['IMPORT_RC_SYNTAX', `\n#if ${'!'.repeat(20_000)}1\n#endif\n`, 2],
    ['IMPORT_RC_SYNTAX', `1 VERSIONINFO\nFILEVERSION ${'('.repeat(20_000)}1${')'.repeat(20_000)}\nBEGIN\nEND\n`, 2],
    ['IMPORT_RC_SYNTAX', `1 VERSIONINFO\nFILEVERSION ${'~'.repeat(20_000)}1\nBEGIN\nEND\n`, 2],
    ['IMPORT_RC_SYNTAX', `1 VERSIONINFO BEGIN ${'BLOCK "x" BEGIN '.repeat(20_000)}`, 1],
    ['IMPORT_RC_SYNTAX', `${chain(20_000, (next) => next)}\nC0\n`, 101],
    ['IMPORT_RC_SYNTAX', `${chain(20, (next) => `${next} ${next}`)}\nC0\n`, 8],
  ])('%s %#', (code, text, line) => {
    expect(() => rc(text)).toThrow(
      expect.objectContaining({
        code,
        exitCode: 2,
        message: expect.stringContaining(`app.rc:${line}:`),
        at: expect.objectContaining({ line }),
      }),
    )
  })
})
