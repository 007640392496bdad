import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { QuickFirst } from './quick-first.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Packages by their sources in the copy that Stryker changes: over node_modules they would be the unchanged ones. */
const alias = Object.fromEntries(
  ['packages/core', 'packages/hpa', 'internal/testkit'].map((folder) => [
    `@bellows/${folder.split('/')[1] ?? ''}`,
    `${root}/${folder}/src/index.ts`,
  ]),
);

export default defineConfig({
  root,
  resolve: { alias },
  test: {
    setupFiles: ['conformance/test/mutation/same-seed.ts'],
    include: ['packages/hpa/test/**/*.test.ts', 'conformance/test/mutation/*.vectors.ts'],
    isolate: false,
    sequence: { sequencer: QuickFirst },
    testTimeout: 60_000,
  },
});
