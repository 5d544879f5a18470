// Builds gopack and the benchmarks into a folder of their own, then runs them: `npm run bench -- [options]`.
import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = `${root}node_modules/.cache/gopack-bench`

execFileSync(process.execPath, ['scripts/build.mjs', '--out', `${out}/lib`], { cwd: root, stdio: 'inherit' })
await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'bench/main.ts',
    'audit-once': 'bench/inside/audit-once.ts',
    'embed-once': 'bench/inside/embed-once.ts',
    'provision-once': 'bench/inside/provision-once.ts',
    'report-usage': 'bench/inside/report-usage.ts',
  },
  outdir: `${out}/bench`,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  banner: { js: "import { createRequire as benchCreateRequire } from 'node:module'; const require = benchCreateRequire(import.meta.url);" },
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, [`${out}/bench/main.js`, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
