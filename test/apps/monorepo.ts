import { commitAll, git, moduleOf, write } from '../helpers/repository.ts'

const main = (body: string, imports = ''): string =>
  `package main\n${imports}\nvar version = "none"\n\nfunc main() { println(${body}, version) }\n`

/** One module, two programs: the server uses lib and embeds a page, the client uses neither. */
export function monorepo(config: string, ...tags: string[]): string {
  const folder = moduleOf({
    'go.mod': 'module example.com/suite\n\ngo 1.21\n',
    'cmd/server/main.go': main('lib.Page', '\nimport "example.com/suite/lib"\n'),
    'cmd/client/main.go': main('"client"'),
    'lib/lib.go': 'package lib\n\nimport _ "embed"\n\n//go:embed page/index.html\nvar Page string\n',
    'lib/page/index.html': '<p>\n',
    'docs/notes.md': 'notes\n',
    'gopack.yaml': config,
  })
  commitAll(folder)
  for (const tag of tags) git(folder, 'tag', tag)
  return folder
}

export const twoApps = 'targets: [windows/amd64]\napps:\n  - {name: server, main: ./cmd/server}\n  - {name: client, main: ./cmd/client}\n'

/** Commits a change of some files; null takes one away. */
export function change(folder: string, files: Readonly<Record<string, string | null>>): void {
  for (const [name, text] of Object.entries(files)) {
    if (text === null) git(folder, 'rm', '-q', name)
    else write(folder, { [name]: text })
  }
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '-m', 'a change')
}
