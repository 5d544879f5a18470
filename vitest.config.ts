import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    // Limits end what hangs; they assert nothing about speed.
    // Most tests wait for child processes; two cores carry two files at a time.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 900_000,
    env: { GOFLAGS: '', GOTOOLCHAIN: 'local', NO_COLOR: '1', LC_ALL: 'C.UTF-8' },
  },
})
