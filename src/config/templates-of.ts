import type { Config } from './schema/index.ts'

/** Every value of the configuration that is a template, with its path. Nothing else is. */
export function templatesOf(config: Config): [readonly PropertyKey[], string][] {
  const found: [readonly PropertyKey[], string][] = []
  if (config.archive?.name !== undefined) found.push([['archive', 'name'], config.archive.name])
  for (const [index, flag] of (config.go?.ldflags ?? []).entries()) found.push([['go', 'ldflags', index], flag])
  for (const [key, value] of Object.entries(config.go?.env ?? {})) found.push([['go', 'env', key], value])
  for (const when of ['before', 'after'] as const) {
    for (const [index, hook] of (config.hooks?.[when] ?? []).entries()) {
      const [path, words] = Array.isArray(hook) ? [[], hook] : [['run'], hook.run]
      for (const [word, text] of words.entries()) found.push([['hooks', when, index, ...path, word], text])
    }
  }
  return found
}
