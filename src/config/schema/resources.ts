import { z } from 'zod'
import { languageCode } from '../../build/resources/language.ts'

const text = z.string().regex(/^\P{Cc}*$/u, 'must not hold control characters')
const ownStrings = ['FileVersion', 'ProductVersion']
const stringKey = z
  .string()
  .regex(/^[^\p{Cc}]{1,128}$/u)
  .refine((key) => !ownStrings.includes(key), 'is always the version gopack builds')
const language = z.string().refine((tag) => languageCode(tag) !== undefined, 'must be a language tag such as de-DE, or a Windows language number such as "0x0407"')

const texts = {
  company: text.describe('CompanyName: who made the program. Default: left out.'),
  product: text.describe('ProductName. Default: the name of the program.'),
  description: text.describe('FileDescription, what Task Manager and the UAC prompt show. Default: the name of the program.'),
  copyright: text.describe('LegalCopyright. Default: left out.'),
  trademarks: text.describe('LegalTrademarks. Default: left out.'),
  comments: text.describe('Comments. Default: left out.'),
  internalName: text.describe('InternalName. Default: the name of the program.'),
  originalFilename: text.describe('OriginalFilename. Default: the name of the program with .exe.'),
  strings: z.record(stringKey, text).describe('More strings of the version information, under their own names (PrivateBuild, SpecialBuild, your own).'),
}

const manifest = z
  .strictObject({
    executionLevel: z.enum(['asInvoker', 'highestAvailable', 'requireAdministrator']).meta({ default: 'asInvoker' }).describe('The rights Windows asks for at the start.'),
    uiAccess: z.boolean().meta({ default: false }).describe('Let the program drive the windows of others; Windows demands a signature for it.'),
    dpiAwareness: z
      .enum(['unaware', 'system', 'permonitor', 'permonitorv2'])
      .describe('How a program with windows copes with scaled displays. Default: nothing is said.'),
    longPaths: z.boolean().meta({ default: true }).describe('Allow paths of more than 260 characters.'),
    utf8: z.boolean().meta({ default: false }).describe('UTF-8 as the code page of the process; matters to C code.'),
    commonControls: z.boolean().meta({ default: false }).describe('Version 6 of the Common Controls: the present look of windows.'),
    segmentHeap: z.boolean().meta({ default: false }).describe('The segment heap for memory that C code allocates.'),
  })
  .partial()

/** The `resources:` group: icon, version information and manifest of the exe. */
export const resourcesSchema = z
  .strictObject({
    engine: z.enum(['portable', 'rcedit']).meta({ default: 'portable' }).describe('What writes the resources: portable needs nothing, rcedit needs Windows or Wine.'),
    icon: z
      .union([z.string().min(1), z.literal(false)])
      .describe('An .ico, or a .png that is scaled; relative to gopack.yaml. `none` for no icon. Default: looked for at the usual places.'),
    ...texts,
    language: language.meta({ default: 'en-US' }).describe('Language of the texts above.'),
    languages: z.record(language, z.strictObject(texts).partial()).describe('Texts in more languages, by tag (de-DE) or number ("0x0407"); what is left out is taken from above.'),
    manifest: z.union([manifest, z.string().min(1)]).describe('Settings of the application manifest, or a manifest file of your own, relative to gopack.yaml.'),
  })
  .partial()
  .describe('Icon, version information and manifest of the Windows executable.')

export type ResourcesConfig = z.infer<typeof resourcesSchema>
