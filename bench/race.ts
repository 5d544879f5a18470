import type { Figure, Verdict } from './row.ts'
import { median, ratio } from './statistics.ts'

export interface Contender {
  readonly name: string
  /** Done before each round, outside the time. */
  readonly before?: () => Promise<void>
  readonly run: () => Promise<void>
}

export interface RaceOptions {
  readonly rounds: number
  readonly progress: (text: string) => void
  /** False where the warm-up is done already. */
  readonly warmUp?: boolean
}

/** Seconds of each contender in each round. */
export type Times = ReadonlyMap<string, readonly number[]>

/** Runs the contenders in turn, A B C A B C …, so that whatever else the machine does meets all of them alike. */
export async function race(contenders: readonly Contender[], { rounds, progress, warmUp = true }: RaceOptions): Promise<Times> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  if (warmUp) {
    progress('warm-up')
    for (const contender of contenders) await timed(contender)
  }
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      progress(`round ${round} of ${rounds}: ${contender.name}`)
      times.get(contender.name)!.push(await timed(contender))
    }
  }
  return times
}

async function timed({ before, run }: Contender): Promise<number> {
  await before?.()
  const start = performance.now()
  await run()
  return (performance.now() - start) / 1000
}

export const timesOf = (times: Times, name: string): readonly number[] => times.get(name)!

export const mediansOf = (times: Times): Figure[] => [...times].map(([name, values]) => ({ name, value: median(values), unit: 's' }))

/** `ours` is to need at most `atMost` times what `rival` needs. */
export function against(times: Times, ours: string, rival: string, atMost: number): Verdict {
  return { what: `${ours} ÷ ${rival}`, estimate: ratio(timesOf(times, ours), timesOf(times, rival)), unit: '×', atMost }
}
