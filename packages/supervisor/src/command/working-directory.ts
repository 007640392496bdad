import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { podWorkingDirectory, type Deployment } from '@bellows/manifest';

/** What {@link workingDirectory} chooses by. */
export interface WorkingDirectoryOptions {
  /** Folder of the user's shell. */
  readonly workingDirectory: string;
  /** Whether the command was given after `--`. */
  readonly hasWords: boolean;
}

/**
 * Folder the processes of a Deployment start in, absolute:
 * 1. annotation `bellows.dev/working-directory` of the pod template or the Deployment, relative to the
 *    manifest's file;
 * 2. the user's own folder, when the command was given after `--` or the Deployment came from no file;
 * 3. the nearest folder with a `package.json`, from the manifest's folder upwards;
 * 4. the user's own folder.
 */
export function workingDirectory(deployment: Deployment, options: WorkingDirectoryOptions): string {
  const { file } = deployment.source;
  const isFromFile = file !== '' && file !== '-';
  const manifestFolder = isFromFile ? dirname(resolve(file)) : options.workingDirectory;
  const annotated = podWorkingDirectory(deployment);
  if (annotated !== undefined) return resolve(manifestFolder, annotated);
  if (options.hasWords || !isFromFile) return options.workingDirectory;
  return nearestPackage(manifestFolder) ?? options.workingDirectory;
}

function nearestPackage(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}
