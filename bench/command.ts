import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Runs a command to its end and gives what it printed on stdout. @throws with all of its output when it fails */
export function command(file: string, args: readonly string[], { cwd, env }: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', (error) => reject(new Error(`${file} did not start: ${error.message}`)))
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout)
      else reject(new Error(`${[file, ...args].join(' ')} ended with ${code ?? signal} in ${cwd}\n${stdout}${stderr}`))
    })
  })
}
