// Reads vitest's JSON report: names what failed and what was skipped, ends with "N passed, N failed", exits 1 unless all is well.
import { readFileSync } from 'node:fs'

const [report, status, absent = ''] = process.argv.slice(2)
const tests = []
let broken = 0
try {
  for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    // A file that could not be loaded has no tests to count.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      console.log(`failed: ${file.name}: ${file.message}`)
      broken++
    }
    tests.push(...file.assertionResults)
  }
} catch (error) {
  console.log(`no report of the tests: ${error.message}`)
  broken++
}

const failed = tests.filter((test) => test.status === 'failed')
const skipped = tests.filter((test) => !['passed', 'failed'].includes(test.status))
const passed = tests.length - failed.length - skipped.length
const excused = (test) => absent !== '' && test.fullName.includes(`(needs ${absent})`)
for (const test of failed) console.log(`failed: ${test.fullName}`)
for (const test of skipped) console.log(`skipped${excused(test) ? '' : ', which is a failure here'}: ${test.fullName}`)

const well = broken === 0 && failed.length === 0 && skipped.every(excused) && status === '0' && passed > 0
console.log(`${passed} passed, ${failed.length + broken} failed`)
process.exitCode = well ? 0 : 1
