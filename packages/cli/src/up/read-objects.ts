import {
  checkReferences,
  formatWarning,
  ManifestError,
  readManifests,
  type ManifestObject,
} from '@bellows/manifest';
import type { Notice } from '../output/output.ts';

/**
 * Reads the manifests and tells what in them is ignored.
 *
 * @param files - Files, folders and `-` for standard input.
 * @throws ManifestError, as rejection, with every problem of every file, or with every reference between
 * objects that cannot work.
 */
export async function readObjects(
  files: readonly string[],
  notify: (notice: Notice) => void,
): Promise<readonly ManifestObject[]> {
  const manifests = await readManifests(files, { stdin: process.stdin });
  const { problems, warnings } = checkReferences(manifests);
  for (const warning of [...manifests.warnings, ...warnings]) {
    notify({ level: 'warning', text: formatWarning(warning) });
  }
  if (problems.length > 0) throw new ManifestError(problems);
  return manifests.objects;
}
