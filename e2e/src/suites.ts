import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A suite of end-to-end tests: a file, or a folder of them. */
export interface Suite {
  /** What it is called on the command line. */
  readonly name: string;
  /** Its file or folder. */
  readonly path: string;
}

/** Folder of the suites that are one file each. */
const FILES = 'end-to-end';
const FILE = /^(.+)\.test\.ts$/;
/** What holds no tests. */
const NO_SUITES = new Set([FILES, 'fixtures', 'support']);

/** The suites below a folder of tests: each file of `end-to-end`, and each other folder. */
export function findSuites(tests: string): Suite[] {
  const files = readdirSync(join(tests, FILES)).flatMap((file) => {
    const name = FILE.exec(file)?.[1];
    return name === undefined ? [] : [{ name, path: join(tests, FILES, file) }];
  });
  const folders = readdirSync(tests, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_SUITES.has(entry.name))
    .map(({ name }) => ({ name, path: join(tests, name) }));
  return [...files, ...folders].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The suites of these names; all when there are none.
 *
 * @throws Error for a name that is none of them.
 */
export function chooseSuites(suites: readonly Suite[], names: readonly string[]): readonly Suite[] {
  if (names.length === 0) return suites;
  return names.map((name) => {
    const found = suites.find((suite) => suite.name === name);
    if (found === undefined) throw new Error(`there is no suite ${name}`);
    return found;
  });
}
