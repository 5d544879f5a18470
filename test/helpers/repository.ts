import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './temporary.ts'

/** The time every test commit has: 2026-03-04 05:06:07 UTC. */
export const commitTime = '2026-03-04T05:06:07Z'

const environment = {
  ...process.env,
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_AUTHOR_DATE: commitTime,
  GIT_COMMITTER_DATE: commitTime,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
}

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8' })
}

export const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))

/** A copy of a folder (a fixture's name, or an absolute path), without git. Call it inside a test. */
export function copyOf(source: string, folder = temporaryFolder()): string {
  const target = join(folder, 'module')
  const from = source.startsWith('/') ? source : fixture(source)
  // `npm run demo` leaves an output folder in the fixture.
  cpSync(from, target, { recursive: true, filter: (path) => path !== join(from, 'dist') })
  return target
}

/** A module made of the files given, without git. */
export function moduleOf(files: Readonly<Record<string, string>>, folder = temporaryFolder()): string {
  const target = join(folder, 'module')
  write(target, { 'go.mod': 'module example.com/hello\n\ngo 1.21\n', ...files })
  return target
}

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Puts a folder under git: one commit of everything, and a tag where one is named. */
export function commitAll(folder: string, tag?: string): string {
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '-m', 'first')
  if (tag !== undefined) git(folder, 'tag', tag)
  return folder
}

export const helloMain = 'package main\n\nfunc main() { println("hello") }\n'
