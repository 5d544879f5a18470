import { configError } from '../errors/config.ts'
import type { SourcePlace } from '../errors/gopack-error.ts'
import { markSecret } from '../host/mask.ts'
import { didYouMean } from './nearest.ts'

/** The values placeholders stand for. Target values are empty where no target is in play. */
export interface TemplateValues {
  readonly name: string
  readonly version: string
  readonly tag: string
  readonly commit: string
  readonly date: string
  readonly os: string
  readonly arch: string
  readonly variant: string
}

const names: readonly (keyof TemplateValues)[] = ['name', 'version', 'tag', 'commit', 'date', 'os', 'arch', 'variant']
const pattern = /\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_.]*)\}/g

/**
 * Checks a template without expanding it, when the configuration is read. Values of secret variables are marked.
 * @throws CONFIG_TEMPLATE, CONFIG_TEMPLATE_ENV
 */
export function checkTemplate(template: string, at: SourcePlace, environment: NodeJS.ProcessEnv): void {
  const file = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':')
  for (const [, name] of template.matchAll(pattern)) {
    if (name === undefined) continue
    if (name.startsWith('env.')) {
      const variable = name.slice(4)
      const value = environment[variable]
      if (value === undefined)
        throw configError('CONFIG_TEMPLATE_ENV', { message: `${file}: the environment variable ${variable} is not set.`, at })
      if (secretName.test(variable)) markSecret(value)
    } else if (!(names as readonly string[]).includes(name)) {
      const goreleaser = template.includes('{{') ? ' Templates of GoReleaser ({{ .Version }}) are {version} here.' : ''
      throw configError('CONFIG_TEMPLATE', {
        message: `${file}: there is no placeholder {${name}}.${didYouMean(name, names)}${goreleaser}`,
        at,
      })
    }
  }
}

/** Expands the placeholders of a template that has been checked. */
export function expandTemplate(template: string, values: TemplateValues, environment: NodeJS.ProcessEnv): string {
  return template.replaceAll(pattern, (whole, name: string | undefined) => {
    if (name === undefined) return whole[0]!
    if (name.startsWith('env.')) return environment[name.slice(4)] ?? ''
    return values[name as keyof TemplateValues] ?? whole
  })
}

/** In the name of a variable they say that its value is not for everybody's eyes. */
export const secretWords = 'TOKEN|SECRET|PASS|PWD|PHRASE|KEY|CREDENTIAL|AUTH|PRIVATE|CERT|SIGN|PFX|P12|WEBHOOK|DSN|COOKIE|SESSION'.split(
  '|',
)
const secretName = new RegExp(secretWords.join('|'), 'i')
