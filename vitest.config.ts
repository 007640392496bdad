import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@bellows/source'] },
  ssr: { resolve: { conditions: ['@bellows/source'] } },
  test: {
    setupFiles: ['internal/testkit/vitest-setup.ts'],
    include: [
      '{packages,internal,examples}/*/test/**/*.test.ts',
      '{conformance,scripts,bench,e2e}/test/**/*.test.ts',
    ],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
