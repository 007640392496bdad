import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { generateManifests, parseManifests, type ManifestObject } from '@bellows/manifest';
import type { Notice } from '../output/output.ts';
import type { UpOptions } from './up-options.ts';
import { writeManifests } from './write-manifests.ts';

/**
 * Makes manifests for a command that has none, tells what was assumed, and saves them where `--write` says.
 *
 * @param folder - The user's own folder, absolute: names the service, and is where the command runs.
 * @throws BellowsError `ERR_CLI_WRITE`, as rejection, when they cannot be saved.
 */
export async function generateObjects(
  { command, port, writeDirectory, force }: UpOptions,
  notify: (notice: Notice) => void,
  folder: string = process.cwd(),
): Promise<readonly ManifestObject[]> {
  const generated = generateManifests({
    name: serviceNameOf(folder),
    command,
    ...(port !== undefined && { port }),
    ...(writeDirectory !== undefined && workingDirectoryFrom(writeDirectory, folder)),
  });
  if (writeDirectory !== undefined) await writeManifests(generated.files, writeDirectory, force);
  for (const text of generated.assumptions) notify({ level: 'info', text: `assumed: ${text}` });
  notify({
    level: 'info',
    text:
      writeDirectory === undefined
        ? 'Save these manifests with --write k8s/ to change them.'
        : `Saved ${generated.files.map(({ name }) => join(writeDirectory, name)).join(', ')}.`,
  });
  if (writeDirectory === undefined) return generated.objects;
  // As `-f` would read them: what the files say of folders counts from where they are.
  return parseManifests(
    generated.files.map(({ name, text }) => ({ file: join(writeDirectory, name), text })),
  ).objects;
}

/** The name in package.json, else the folder's. */
function serviceNameOf(folder: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly name?: unknown;
    };
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // No package.json, or one that says nothing: the folder's name is as good.
  }
  return basename(folder);
}

/** Where the folder cannot be found by its package.json, the manifests have to name it. */
function workingDirectoryFrom(
  writeDirectory: string,
  folder: string,
): { readonly workingDirectory?: string } {
  if (existsSync(join(folder, 'package.json'))) return {};
  return { workingDirectory: relative(resolve(folder, writeDirectory), folder) || '.' };
}
