// Builds lib/: one bundle with lazily loaded chunks (docs/adr/0005-bundler.md), and the type declarations beside it.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
// --out DIR: tests build into a folder of their own, so that several runs do not meet.
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : 'lib'
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

rmSync(resolve(root, out), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { bin: 'src/bin.ts', index: 'src/index.ts' },
  outdir: out,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['rcedit'],
  alias: { 'crc-32': './src/build/archive/crc32.ts' },
  define: { GOPACK_VERSION: JSON.stringify(version) },
  // CommonJS packages inside an ES module bundle still call require() for node's own modules.
  banner: {
    js: "import { createRequire as gopackCreateRequire } from 'node:module'; const require = gopackCreateRequire(import.meta.url);",
  },
  legalComments: 'external',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
})
chmodSync(resolve(root, out, 'bin.js'), 0o755)
if (out === 'lib' && !process.argv.includes('--no-types')) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' })
}
