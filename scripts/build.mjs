// Builds lib/: one bundle with lazily loaded chunks (docs/adr/0005-bundler.md), and the type declarations beside it.
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

rmSync(`${root}lib`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { bin: 'src/bin.ts', index: 'src/index.ts' },
  outdir: 'lib',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['rcedit'],
  define: { GOPACK_VERSION: JSON.stringify(version) },
  // CommonJS packages inside an ES module bundle still call require() for node's own modules.
  banner: { js: "import { createRequire as gopackCreateRequire } from 'node:module'; const require = gopackCreateRequire(import.meta.url);" },
  legalComments: 'external',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
})
chmodSync(`${root}lib/bin.js`, 0o755)
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' })
}
