import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A package of this repository, as far as the checks look at it. */
export interface WorkspacePackage {
  /** Folder, relative to the repository's root. */
  readonly folder: string;
  readonly manifest: PackageManifest;
  /** TypeScript files under `src/`, relative to the package's folder. */
  readonly sources: readonly SourceFile[];
  /** Test files under `test/`, relative to the package's folder. */
  readonly tests: readonly string[];
}

/** The part of a package.json that the checks look at. */
export interface PackageManifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A source file and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Module names as written, such as `@bellows/core` or `./pod.ts`. */
  readonly imports: readonly string[];
}

/** Reads the packages whose folders are given, relative to `root`. */
export function readPackages(root: string, folders: readonly string[]): WorkspacePackage[] {
  return folders.map((folder) => ({
    folder,
    manifest: JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    ) as PackageManifest,
    sources: filesBelow(join(root, folder), 'src').map((path) =>
      readSource(join(root, folder), path),
    ),
    tests: filesBelow(join(root, folder), 'test').filter((path) => path.endsWith('.test.ts')),
  }));
}

/** Folders of all packages: `packages/*`, `internal/*`, `examples/*` and the named ones. */
export function packageFolders(root: string): string[] {
  const parents = ['packages', 'internal', 'examples'];
  const children = parents.flatMap((parent) =>
    readdirSync(join(root, parent)).map((child) => join(parent, child)),
  );
  return [...children, 'conformance', 'bench', 'e2e', 'scripts'];
}

function readSource(packageFolder: string, path: string): SourceFile {
  const text = readFileSync(join(packageFolder, path), 'utf8');
  return {
    path,
    text,
    imports: ts.preProcessFile(text).importedFiles.map((file) => file.fileName),
  };
}

function filesBelow(packageFolder: string, folder: string): string[] {
  const start = join(packageFolder, folder);
  if (!statSync(start, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('fixtures'))
    .map((path) => relative(packageFolder, join(start, path)))
    .sort();
}
