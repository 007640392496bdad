import { MANIFEST_LIMITS } from './limits.ts';
import type { ManifestObject } from './kinds/kinds.ts';
import { ManifestError } from './problem/manifest-error.ts';
import type { ManifestWarning } from './problem/manifest-warning.ts';
import type { Problem } from './problem/problem.ts';
import { collectWarnings } from './objects/collect-warnings.ts';
import { createLocator, type LocateField } from './objects/locate-field.ts';
import type { IgnoredObject } from './objects/ignored-object.ts';
import { findDuplicates } from './objects/find-duplicates.ts';
import { readObject, type ReadObject } from './objects/read-object.ts';
import { expandLists } from './objects/expand-lists.ts';
import { readDocuments } from './yaml/read-documents.ts';
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
 * References between objects are not looked at: {@link checkReferences} does.
 *
 * @throws {@link ManifestError} `ERR_MANIFEST_INVALID` with every problem of every source.
 */
export function parseManifests(sources: readonly ManifestSource[]): ManifestSet {
  const problems: Problem[] = [];
  const read: ReadObject[] = [];
  let documentCount = 0;
  for (const source of sources) {
    const size = Buffer.byteLength(source.text);
    if (size > MANIFEST_LIMITS.maxFileBytes) {
      problems.push(tooLarge(source.file, size));
      continue;
    }
    const found = readDocuments(source, MANIFEST_LIMITS.maxDocuments - documentCount);
    problems.push(...found.problems);
    const documents = found.documents.flatMap(expandLists);
    documentCount += documents.length;
    if (documentCount > MANIFEST_LIMITS.maxDocuments) {
      problems.push(tooMany(source.file));
      break;
    }
    read.push(...documents.map(readObject));
  }
  problems.push(...read.flatMap((one) => one.problems), ...findDuplicates(read));
  if (problems.length > 0) throw new ManifestError(inOrder(problems, sources));
  return {
    objects: read.flatMap(({ object }) => object ?? []),
    warnings: collectWarnings(read),
    ignored: read.flatMap(({ ignored }) => ignored ?? []),
    locate: createLocator(read),
  };
}

function tooLarge(file: string, size: number): Problem {
  const { maxFileBytes } = MANIFEST_LIMITS;
  const message = `Expected at most ${maxFileBytes} bytes, got ${size}`;
  return { place: { file }, message, remedy: 'Split the file.' };
}

function tooMany(file: string): Problem {
  return { place: { file }, message: `More than ${MANIFEST_LIMITS.maxDocuments} objects` };
}

function inOrder(
  problems: readonly Problem[],
  sources: readonly ManifestSource[],
): readonly Problem[] {
  const rank = new Map(sources.map(({ file }, index) => [file, index]));
  const key = ({ place: { file = '', line = 0, column = 0 } }: Problem): readonly number[] => [
    rank.get(file) ?? 0,
    line,
    column,
  ];
  return problems.toSorted((a, b) => {
    const [keyA, keyB] = [key(a), key(b)];
    const at = keyA.findIndex((part, index) => part !== keyB[index]);
    return at === -1 ? 0 : (keyA[at] ?? 0) - (keyB[at] ?? 0);
  });
}
