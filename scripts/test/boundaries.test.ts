import { describe, expect, test } from 'vitest';
import { findBoundaryProblems } from '../src/boundaries.ts';
import type { PackageManifest, WorkspacePackage } from '../src/workspace.ts';

function packageWith(manifest: PackageManifest, ...imports: string[]): WorkspacePackage {
  const folder = manifest.name.replace('@bellows/', 'packages/');
  return { folder, manifest, sources: [{ path: 'src/a.ts', text: '', imports }], tests: [] };
}

describe('findBoundaryProblems', () => {
  test('accepts relative imports, built-ins and declared packages the table allows', () => {
    const manifest = {
      name: '@bellows/manifest',
      dependencies: { '@bellows/hpa': '0.0.0', yaml: '2.9.1' },
    };
    expect(
      findBoundaryProblems(
        packageWith(manifest, './b.ts', 'node:fs', 'fs', '@bellows/hpa', 'yaml'),
      ),
    ).toEqual([]);
  });

  test('names an import that package.json does not declare, although it resolves', () => {
    expect(findBoundaryProblems(packageWith({ name: '@bellows/cli' }, 'commander'))).toEqual([
      'packages/cli/src/a.ts: imports commander, which packages/cli/package.json does not declare',
    ]);
  });

  test('names an import that the table forbids, although it is declared', () => {
    const manifest = { name: '@bellows/hpa', dependencies: { '@bellows/manifest': '0.0.0' } };
    expect(findBoundaryProblems(packageWith(manifest, '@bellows/manifest'))).toEqual([
      'packages/hpa/src/a.ts: may not import @bellows/manifest; it may import: core',
    ]);
  });

  test('names a foreign dependency of a package that must have none', () => {
    const manifest = { name: '@bellows/kit', dependencies: { 'prom-client': '15.1.3' } };
    expect(findBoundaryProblems(packageWith(manifest))).toEqual([
      'packages/kit/package.json: must not depend on prom-client',
    ]);
  });

  test('lets a package that is never published import what is installed to develop it', () => {
    const manifest = {
      name: '@bellows/bench',
      private: true,
      devDependencies: { fastify: '5.12.8' },
    };
    expect(findBoundaryProblems(packageWith(manifest, 'fastify'))).toEqual([]);
    expect(findBoundaryProblems(packageWith({ ...manifest, private: false }, 'fastify'))).toEqual([
      'packages/bench/src/a.ts: imports fastify, which packages/bench/package.json does not declare',
    ]);
  });

  test('lets the kit import what is bundled into it', () => {
    const manifest = { name: '@bellows/kit', devDependencies: { '@bellows/core': '0.0.0' } };
    expect(findBoundaryProblems(packageWith(manifest, '@bellows/core'))).toEqual([]);
  });
});
