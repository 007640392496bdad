import { isBuiltin } from 'node:module';
import type { PackageManifest, WorkspacePackage } from './workspace.ts';

/** Who may import whom inside `src/`: ARCHITECTURE.md, 'Packages'. A package that is not listed may import anything declared. */
export const ALLOWED_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  exposition: ['core'],
  hpa: ['core'],
  manifest: ['core', 'hpa'],
  kit: ['core', 'exposition'],
  kubernetes: ['core'],
  scrape: ['core', 'exposition', 'kubernetes'],
  adapter: ['core', 'exposition', 'kubernetes', 'manifest', 'scrape'],
  kubelet: ['core', 'manifest'],
  balancer: ['core'],
  load: ['core'],
  supervisor: ['core', 'hpa', 'manifest', 'scrape', 'kubelet', 'balancer'],
};

/** Packages that may bring nothing into their user's service or use nothing but their arguments. */
export const WITHOUT_DEPENDENCIES: readonly string[] = [
  'core',
  'exposition',
  'hpa',
  'kit',
  'balancer',
];

/** Every import that crosses a boundary or is not declared, and every dependency that must not be there. */
export function findBoundaryProblems(workspacePackage: WorkspacePackage): string[] {
  return [
    ...workspacePackage.sources.flatMap((source) =>
      source.imports.flatMap((specifier) =>
        problemOfImport(workspacePackage, specifier).map(
          (problem) => `${workspacePackage.folder}/${source.path}: ${problem}`,
        ),
      ),
    ),
    ...foreignDependencies(workspacePackage),
  ];
}

function problemOfImport(workspacePackage: WorkspacePackage, specifier: string): string[] {
  if (specifier.startsWith('.') || isBuiltin(specifier)) return [];
  const imported = packageNameOf(specifier);
  const { manifest } = workspacePackage;
  if (imported === manifest.name) return [`imports its own package; use a relative path`];
  const declared = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...(bringsDevDependencies(manifest) ? manifest.devDependencies : {}),
  };
  if (!(imported in declared)) {
    return [`imports ${imported}, which ${workspacePackage.folder}/package.json does not declare`];
  }
  const allowed = ALLOWED_IMPORTS[shortName(manifest.name)];
  if (imported.startsWith('@bellows/') && allowed && !allowed.includes(shortName(imported))) {
    return [`may not import ${imported}; it may import: ${allowed.join(', ') || 'nothing'}`];
  }
  return [];
}

/** The kit has them bundled in; a private package runs in a clone only, where they are installed. */
function bringsDevDependencies({ name, private: isPrivate }: PackageManifest): boolean {
  return name === '@bellows/kit' || isPrivate === true;
}

function foreignDependencies({ folder, manifest }: WorkspacePackage): string[] {
  if (!WITHOUT_DEPENDENCIES.includes(shortName(manifest.name))) return [];
  return Object.keys(manifest.dependencies ?? {})
    .filter((name) => !name.startsWith('@bellows/') || manifest.name === '@bellows/kit')
    .map((name) => `${folder}/package.json: must not depend on ${name}`);
}

function packageNameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function shortName(packageName: string): string {
  return packageName.replace('@bellows/', '');
}
