import type { ManifestObject } from './kinds/kinds.ts';
import { collectManifests } from './collect-manifests.ts';
import type { IgnoredObject } from './objects/ignored-object.ts';
import type { LocateField } from './objects/locate-field.ts';
import { ManifestError } from './problem/manifest-error.ts';
import type { ManifestWarning } from './problem/manifest-warning.ts';
import { orderProblems } from './problem/order-problems.ts';
import type { ManifestSource } from './yaml/source-text.ts';

/** All objects of one call that Bellows acts on, and what their author should know. */
export interface ManifestSet {
  /** In the order of files and documents. */
  readonly objects: readonly ManifestObject[];
  /** Fields and kinds that are not acted on, and what Kubernetes reads otherwise or refuses; each once. */
  readonly warnings: readonly ManifestWarning[];
  /** Objects of kinds that are not acted on. */
  readonly ignored: readonly IgnoredObject[];
  /** Finds a field of one of {@link objects} in its file. */
  readonly locate: LocateField;
}

/**
 * Reads manifests: every document of every source, with the API server's defaults and validation. Kinds and
 * fields that are not acted on are named in the warnings, each once.
 *
 * References between objects are not looked at: {@link readManifests} does, and {@link checkReferences}.
 *
 * @throws {@link ManifestError} `ERR_MANIFEST_INVALID` with every problem of every source.
 */
export function parseManifests(sources: readonly ManifestSource[]): ManifestSet {
  const { problems, objects, warnings, ignored, locate } = collectManifests(sources);
  if (problems.length > 0) {
    const files = sources.map(({ file }) => file);
    throw new ManifestError(orderProblems(problems, files));
  }
  return { objects, warnings, ignored, locate };
}
