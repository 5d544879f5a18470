/** Prints the seconds one look at an exe's imports takes, with the loading of the code. */
const [exe] = process.argv.slice(2) as [string]
const start = performance.now()
const { auditFiles } = await import('../../src/build/audit/audit.ts')
await auditFiles([{ name: 'large.exe', path: exe }], [])
process.stdout.write(String((performance.now() - start) / 1000))
