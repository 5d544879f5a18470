import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The text of a file under templates/, which lies at the package root wherever this code runs from (src/ or lib/). */
export function readTemplate(path: string): string {
  return readFileSync(join(packageRoot(fileURLToPath(import.meta.url)), 'templates', path), 'utf8')
}

function packageRoot(start: string): string {
  for (let folder = dirname(start); folder !== dirname(folder); folder = dirname(folder)) {
    if (isGopack(join(folder, 'package.json'))) return folder
  }
  throw new Error(`the package gopack belongs to was not found above ${start}`)
}

function isGopack(packageJson: string): boolean {
  try {
    return (JSON.parse(readFileSync(packageJson, 'utf8')) as { name?: unknown }).name === 'gopack'
  } catch {
    return false
  }
}

/** Puts values in for `__NAME__`; a line whose placeholder has no value is left out. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | undefined>>): string {
  const placeholders = /__([A-Z]+)__/g
  const lines = template.split('\n').filter((line) => [...line.matchAll(placeholders)].every(([, name]) => values[name!] !== undefined))
  return lines.map((line) => line.replaceAll(placeholders, (_, name: string) => values[name]!)).join('\n')
}
