import { secretWords } from '../../src/config/templates.ts'
import { jsonSchemas } from '../../src/schemas/json-schemas.ts'

interface Schema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}

/** docs/configuration.md, made from the schema. */
export function configurationMarkdown(): string {
  const root = jsonSchemas['config']!() as Schema
  const entries = Object.entries(root.properties ?? {})
  const top = entries.filter(([, schema]) => schema.properties === undefined)
  const groups = entries.filter(([, schema]) => schema.properties !== undefined)
  return `# Configuration

gopack needs no configuration. What differs from the defaults goes into \`gopack.yaml\` (also \`gopack.yml\`, \`gopack.json\`, or the
\`gopack\` key of package.json), in the folder gopack is started in or above it, up to the git top level. Relative paths are relative
to that file. Unknown keys and wrong types are refused with file, line and column. \`gopack init\` writes a first one, \`gopack schema\`
prints the JSON schema. This page is made from the schema (\`npm run docs\`).

Templates: \`{name} {version} {tag} {commit} {date} {os} {arch} {variant} {env.NAME}\` are expanded in archive.name, go.ldflags, go.env
and hooks, and nowhere else; \`{{\` is a brace.

The value of \`{env.NAME}\` is shown as \`***\` wherever gopack prints it, if NAME holds one of
${secretWords.join(', ')}.
Other values are shown: give secrets names that say so. What is put into ldflags can be read in the finished program by anyone.

${table('', top)}

${groups.map(([name, schema]) => `## ${name}\n\n${schema.description ?? ''}\n\n${table(`${name}.`, Object.entries(schema.properties ?? {}))}`).join('\n\n')}
`
}

function table(prefix: string, entries: readonly (readonly [string, Schema])[]): string {
  const rows = entries.flatMap(([name, schema]) => row(`${prefix}${name}`, schema))
  return ['| key | takes | default | |', '|---|---|---|---|', ...rows].join('\n')
}

function row(name: string, schema: Schema): string[] {
  const standard =
    schema.default === undefined ? '' : code(typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default))
  const own = `| \`${name}\` | ${cell(takes(schema))} | ${cell(standard)} | ${cell(schema.description ?? '')} |`
  const group = [schema, ...(schema.anyOf ?? [])].find(({ properties }) => properties !== undefined)
  return [own, ...Object.entries(group?.properties ?? {}).flatMap(([key, inner]) => row(`${name}.${key}`, inner))]
}

function takes(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(takes))].join(' or ')
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ')
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.type === 'array') return `list of ${schema.items === undefined ? 'values' : takes(schema.items)}`
  if (schema.properties !== undefined) return 'group'
  if (schema.type === 'object') return 'names and texts'
  return { string: 'text', boolean: '`true`, `false`' }[schema.type ?? ''] ?? schema.type ?? 'any'
}

const code = (text: string): string => `\`${text}\``
const cell = (text: string): string => text.replaceAll('|', '\\|')
