import { formatWarning, readManifests, type ManifestObject } from '@bellows/manifest';
import type { Notice } from '../output/output.ts';

/**
 * Reads the manifests and tells what in them is ignored.
 *
 * @param files - Files, folders and `-` for standard input.
 * @throws ManifestError, as rejection, with every problem of every file and between their objects.
 */
export async function readObjects(
  files: readonly string[],
  notify: (notice: Notice) => void,
): Promise<readonly ManifestObject[]> {
  const { objects, warnings } = await readManifests(files, { stdin: process.stdin });
  for (const warning of warnings) notify({ level: 'warning', text: formatWarning(warning) });
  return objects;
}
