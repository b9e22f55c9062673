import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Builds print with a real browser: a machine that is busy may take its time.
    testTimeout: 120_000,
    hookTimeout: 600_000,
    // Each build uses two processors already.
    maxWorkers: 2,
    maxConcurrency: 3,
    globalSetup: ['./support/warm-up.ts'],
  },
})
