import { expect, test } from 'vitest';
import { findMirrorProblems } from '../src/test-mirror.ts';
import type { WorkspacePackage } from '../src/workspace.ts';

function packageWith(sources: string[], tests: string[]): WorkspacePackage {
  return {
    folder: 'packages/core',
    manifest: { name: '@bellows/core' },
    sources: sources.map((path) => ({ path, text: '', imports: [] })),
    tests,
  };
}

test('a test stands where the file or folder it tests stands', () => {
  const sources = ['src/observed.ts', 'src/quantity/parse.ts'];
  const tests = ['test/observed.test.ts', 'test/quantity.test.ts', 'test/quantity/parse.test.ts'];
  expect(findMirrorProblems(packageWith(sources, tests))).toEqual([]);
});

test('a test of nothing is named', () => {
  expect(findMirrorProblems(packageWith(['src/observed.ts'], ['test/observd.test.ts']))).toEqual([
    'packages/core/test/observd.test.ts: tests no file of the same path under src/',
  ]);
});

test('regressions, end-to-end tests and the test of the exports stand on their own', () => {
  const tests = [
    'test/regression/lost-request.test.ts',
    'test/end-to-end/up.test.ts',
    'test/package.test.ts',
  ];
  expect(findMirrorProblems(packageWith([], tests))).toEqual([]);
});
