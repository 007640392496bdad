import type { WorkspacePackage } from './workspace.ts';

/** Folders under `test/` that mirror nothing. */
const OWN_FOLDERS = ['regression', 'end-to-end'];

/**
 * Every test file that has no source file of the same path. `test/foo/bar.test.ts` tests `src/foo/bar.ts` or
 * the folder `src/foo/bar/`; `test/package.test.ts`, `test/regression/` and `test/end-to-end/` stand on their own.
 */
export function findMirrorProblems({ folder, sources, tests }: WorkspacePackage): string[] {
  const sourcePaths = sources.map((source) => source.path);
  return tests
    .filter((test) => {
      const mirrored = test.replace(/^test\//, 'src/').replace(/\.test\.ts$/, '');
      const isOwn =
        test === 'test/package.test.ts' || OWN_FOLDERS.includes(test.split('/')[1] ?? '');
      const exists = sourcePaths.some(
        (path) => path === `${mirrored}.ts` || path.startsWith(`${mirrored}/`),
      );
      return !isOwn && !exists;
    })
    .map((test) => `${folder}/${test}: tests no file of the same path under src/`);
}
