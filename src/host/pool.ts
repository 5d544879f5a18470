/** Runs jobs with at most `width` at a time, in order of the list; the first failure is thrown once all running ones have ended. */
export async function runPool<T>(jobs: readonly (() => Promise<T>)[], width: number): Promise<T[]> {
  const results: T[] = []
  const failures: unknown[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < jobs.length && failures.length === 0) {
      const index = next++
      try {
        results[index] = await jobs[index]!()
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, jobs.length)) }, worker))
  if (failures.length > 0) throw failures[0]
  return results
}
