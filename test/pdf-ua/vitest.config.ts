import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.check.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    globalSetup: ['../support/warm-up.ts'],
  },
})
