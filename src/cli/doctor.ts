import { doctor, doctorExitCode } from '../doctor/doctor.ts'
import { doctorText } from '../doctor/report.ts'
import type { RunCommand } from './command.ts'
import { readBuildRequest } from './build-options.ts'
import { abortOnInterrupt } from './interrupts.ts'
import { provisionReporter } from './report/provision.ts'

/** `gopack doctor`: takes the options of build, because what is needed depends on them. */
export const runDoctor: RunCommand = async ({ args, values, output }) => {
  const interrupts = abortOnInterrupt()
  const provision = provisionReporter(output)
  try {
    const options = { signal: interrupts.signal, fix: values['fix'] === true, listener: provision.tell }
    const report = await doctor(readBuildRequest(args, values, output.options), options)
    if (output.options.json) output.json(report)
    else output.result(doctorText(report, output.resultColors))
    return doctorExitCode(report)
  } finally {
    provision.close()
    interrupts.dispose()
  }
}
