import { checkScope } from './check-references.ts';
import { collectManifests } from './collect-manifests.ts';
import type { ManifestSet } from './parse-manifests.ts';
import { ManifestError } from './problem/manifest-error.ts';
import { orderProblems } from './problem/order-problems.ts';
import type { ManifestSource } from './yaml/source-text.ts';

/**
 * Reads manifests and looks at what their objects say about each other; an object with problems is looked
 * at as far as it could be read. What is missing because it could not be read is no problem of those who
 * refer to it.
 *
 * @throws {@link ManifestError} `ERR_MANIFEST_INVALID` with every problem of every source, in their order.
 */
export function checkManifests(sources: readonly ManifestSource[]): ManifestSet {
  const collected = collectManifests(sources);
  const references = checkScope(collected);
  const problems = [...collected.problems, ...references.problems];
  if (problems.length > 0) {
    const files = sources.map(({ file }) => file);
    throw new ManifestError(orderProblems(problems, files));
  }
  const { objects, ignored, locate, warnings } = collected;
  return { objects, ignored, locate, warnings: [...warnings, ...references.warnings] };
}
