import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describeWith } from '../helpers/tools.ts'
import { commitAll, helloMain, moduleOf } from '../helpers/repository.ts'
import { init, isThere, read } from './run-init.ts'

const path = '.github/workflows/gopack.yml'

interface Workflow {
  readonly on: Record<string, unknown>
  readonly permissions: Record<string, string>
  readonly jobs: Record<
    string,
    {
      defaults?: { run: { 'working-directory': string } }
      permissions?: unknown
      steps: { uses?: string; run?: string; if?: string; with?: Record<string, unknown> }[]
    }
  >
}

async function workflowOf(folder: string, top = folder): Promise<{ text: string; workflow: Workflow }> {
  await init(folder, '--ci', 'github')
  const text = read(top, path)
  return { text, workflow: parse(text) as Workflow }
}

/** A module that is not at the top of its repository, in a folder that YAML and GitHub must not take for anything else. */
function nested(): { top: string; folder: string } {
  const top = commitAll(
    moduleOf({
      'go.mod': 'module example.com/top\n\ngo 1.21\n',
      'tools/one, two #1/go.mod': 'module example.com/hello\n\ngo 1.21\n',
      'tools/one, two #1/main.go': helloMain,
      'tools/one, two #1/go.sum': '',
    }),
  )
  return { top, folder: join(top, 'tools/one, two #1') }
}

describe('the workflow of gopack init', () => {
  it('builds with full history, no more rights than reading, and every action pinned', async () => {
    const { text, workflow } = await workflowOf(commitAll(moduleOf({ 'main.go': helloMain })))
    await expect(text.replace(/gopack@\S+/, 'gopack@<version>')).toMatchFileSnapshot('golden/workflow.yml')
    expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request'])
    expect(workflow.permissions).toEqual({ contents: 'read' })
    const job = workflow.jobs['windows']!
    expect(job.permissions).toBeUndefined()
    const uses = job.steps.flatMap((step) => step.uses ?? [])
    expect(uses.map((action) => action.split('@')[0])).toEqual([
      'actions/checkout',
      'actions/setup-go',
      'actions/setup-node',
      'actions/upload-artifact',
    ])
    for (const action of uses) expect(text).toMatch(new RegExp(`uses: ${action.replace('/', '\\/')} # v\\d+\\.\\d+\\.\\d+\\n`))
    for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/)
    expect(job.steps[0]!.with).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false })
    expect(job.steps.map((step) => step.run ?? '').join('')).toMatch(/^npx --yes gopack@\d+\.\d+\.\d+ build$/)
    expect(job.steps.at(-1)!.if).toBe("github.ref_type == 'tag'")
  })

  it('lies at the top of the repository and works in the folder of the module', async () => {
    const { top, folder } = nested()
    const { workflow } = await workflowOf(folder, top)
    expect(isThere(folder, path)).toBe(false)
    const job = workflow.jobs['windows']!
    expect(job.defaults!.run['working-directory']).toBe('tools/one, two #1')
    expect(job.steps[1]!.with!['cache-dependency-path']).toBe('tools/one, two #1/go.sum')
    expect(String(job.steps.at(-1)!.with!['path']).split('\n')[0]).toBe('tools/one, two #1/dist/*.zip')
  })

  describeWith(['actionlint'], 'as actionlint reads it', () => {
    it('is without fault, at the top and below it', async () => {
      const plain = commitAll(moduleOf({ 'main.go': helloMain }))
      const { top, folder } = nested()
      await workflowOf(plain)
      await workflowOf(folder, top)
      for (const repository of [plain, top])
        expect(execFileSync('actionlint', ['-no-color', path], { cwd: repository, encoding: 'utf8' })).toBe('')
    })
  })
})
