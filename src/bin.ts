#!/usr/bin/env node
import { toolVersion } from './host/tool-version.ts'

const argv = process.argv.slice(2)
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  // Scripts ask for this often; nothing needs to be loaded for it.
  process.stdout.write(`${toolVersion}\n`)
} else {
  // Until a command takes the signals over, there is nothing to clean up.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => process.exit(130))
  const { main } = await import('./cli/main.ts')
  const code = await main(argv)
  // A stream that could not be written has set one already.
  process.exitCode = code === 0 ? (process.exitCode ?? 0) : code
}
