import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BellowsError } from '@bellows/core';
import type { GeneratedFile } from '@bellows/manifest';

/**
 * Saves generated manifests in a folder, which is made when it is not there. Nothing is written when one of
 * the files exists, unless `force` is set.
 *
 * @throws BellowsError `ERR_CLI_WRITE`, as rejection, when a file exists or cannot be written.
 */
export async function writeManifests(
  files: readonly GeneratedFile[],
  directory: string,
  force: boolean,
): Promise<void> {
  const paths = files.map(({ name }) => join(directory, name));
  if (!force) await requireAbsent(paths);
  try {
    await mkdir(directory, { recursive: true });
    for (const { name, text } of files) {
      await writeFile(join(directory, name), text, { flag: force ? 'w' : 'wx' });
    }
  } catch (cause) {
    throw new BellowsError(
      'ERR_CLI_WRITE',
      `The manifests cannot be saved: ${(cause as Error).message}`,
      { place: { file: directory }, remedy: 'Give --write a folder that can be written to', cause },
    );
  }
}

async function requireAbsent(paths: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const path of paths) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) found.push(path);
  }
  if (found.length === 0) return;
  throw new BellowsError(
    'ERR_CLI_WRITE',
    `Expected --write to find no manifests, got ${found.join(', ')}`,
    { remedy: `Run them with -f, give another folder, or replace them with --force` },
  );
}
