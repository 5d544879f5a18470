import { mkdir, writeFile } from 'node:fs/promises'
import { command } from '../command.ts'
import { contenderEnvironment } from '../environment.ts'
import { forgetter } from '../forget.ts'
import { architectures, modules, type ModuleName } from '../modules.ts'
import type { Packager, PackagerRequest } from '../packager.ts'

/** What people write first: one `go build` after the other, each followed by `zip -6`. */
export async function shellLoop({ name, folder, setting }: PackagerRequest): Promise<Packager> {
  const tree = `${folder}/tree`
  const output = `${folder}/output`
  const script = `${folder}/loop.sh`
  const options = { cwd: tree, env: { ...contenderEnvironment(folder, setting.moduleCache), OUT: output } }
  await mkdir(folder, { recursive: true })
  await writeFile(script, loop(name))
  return {
    name: 'shell loop',
    tree,
    output,
    build: async () => void (await command('sh', [script], options)),
    forget: forgetter(folder, output),
  }
}

const loop = (name: ModuleName): string => `set -eu
files=
for file in LICENSE* README* CHANGELOG*; do
  if [ -e "$file" ]; then files="$files $file"; fi
done
for arch in ${architectures.join(' ')}; do
  exe="$OUT/windows_$arch/${name}.exe"
  zip="$OUT/${name}_windows_$arch.zip"
  GOOS=windows GOARCH="$arch" go build -trimpath -buildvcs=true -ldflags='-s -w' -o "$exe" ${modules[name].main}
  rm -f "$zip"
  zip -q -j -6 "$zip" "$exe" $files
done
`
