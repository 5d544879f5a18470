import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { configurationMarkdown } from '../../scripts/docs/configuration.ts'
import { errorsMarkdown } from '../../scripts/docs/errors.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run docs` writes them anew. */
describe('documents made from the code', () => {
  it('docs/errors.md', async () => {
    await expect(errorsMarkdown()).toMatchFileSnapshot('../../docs/errors.md')
  })

  it('docs/configuration.md', async () => {
    await expect(configurationMarkdown()).toMatchFileSnapshot('../../docs/configuration.md')
  })
})

describe('documents written by hand', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...['docs', 'docs/adr'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)),
  ].filter((name) => name.endsWith('.md'))

  it.each(pages)('%s links to what is there', (page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
    for (const target of links) expect(existsSync(join(root, dirname(page), target)), `${page} → ${target}`).toBe(true)
  })

  it.each(pages)('%s names files and folders that are there', (page) => {
    if (page === 'docs/benchmarks.md') return
    const paths = [
      ...readFileSync(join(root, page), 'utf8').matchAll(/`((?:src|test|templates|fixtures|docs|scripts|bench|schema)\/[\w./-]*)`/g),
    ].map(([, path]) => path!)
    for (const path of paths) expect(existsSync(join(root, path)), `${page}: ${path}`).toBe(true)
  })
})
