import { Document, isCollection, isMap, isScalar, isSeq, visit, type Scalar } from 'yaml'
import type { Imported } from '../config/importers/types.ts'
import type { Config } from '../config/schema/index.ts'
import type { ModuleView } from './look.ts'
import { settingsOf } from './settings.ts'

/** gopack.yaml made of what was imported; what the import does not say is written as without one. */
export function importText(config: Config, imports: readonly Imported[], view: ModuleView): string {
  const files = imports.map(({ file }) => file.replace(/^.*[\\/]/, ''))
  const head = [
    `# Imported from ${files.join(' and ')}. \`gopack plan\` shows what comes of it, \`gopack schema\` every key there is.`,
    ...(config.main === undefined && config.apps === undefined ? settingsOf(view) : []),
  ]
  const order = ['name', 'main', 'targets', 'out', 'go', 'version', 'resources', 'archive', 'hooks', 'apps'] as const
  const sorted = Object.fromEntries(order.flatMap((key) => (config[key] === undefined || isEmpty(config[key]) ? [] : [[key, config[key]]])))
  return `${head.join('\n')}\n${Object.keys(sorted).length === 0 ? '' : yaml(sorted)}`
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0

/** Short lists on one line; of a text that looks like something else, quotes. */
function yaml(value: object): string {
  const document = new Document(value)
  visit(document, {
    Seq: (_key, list) => {
      const texts = list.items.filter((item): item is Scalar => isScalar(item))
      if (texts.length === list.items.length && texts.map((item) => String(item.value)).join(', ').length < 90) list.flow = true
    },
    Pair: (_key, { value: inner }) => {
      if (isMap(inner) || isSeq(inner)) inner.flow = isCollection(inner) && inner.items.length === 0
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}
