import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@bellows/source'] },
  ssr: { resolve: { conditions: ['@bellows/source'] } },
  test: {
    setupFiles: ['internal/testkit/vitest-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: [
            '{packages,internal,examples}/*/test/**/*.test.ts',
            '{conformance,scripts,bench}/test/**/*.test.ts',
          ],
        },
      },
      {
        // Its set-up starts a real control plane, and runs only if one of these files is to run.
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/test/**/*.test.ts'],
          globalSetup: ['e2e/vitest-global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
