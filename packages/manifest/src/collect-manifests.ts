import { MANIFEST_LIMITS } from './limits.ts';
import type { ManifestObject } from './kinds/kinds.ts';
import { collectWarnings } from './objects/collect-warnings.ts';
import { duplicateFault, findDuplicates } from './objects/find-duplicates.ts';
import { expandLists } from './objects/expand-lists.ts';
import { isSound, type Faults } from './objects/is-sound.ts';
import { createLocator } from './objects/locate-field.ts';
import { readObject, type ReadObject } from './objects/read-object.ts';
import { unreadObject, type UnreadObject } from './objects/unread-object.ts';
import type { ManifestSet } from './parse-manifests.ts';
import type { Problem } from './problem/problem.ts';
import type { ReferenceScope } from './references/findings.ts';
import { readDocuments } from './yaml/read-documents.ts';
import type { ManifestSource } from './yaml/source-text.ts';

/** All that could be read of manifests, and what is wrong with them. */
export interface CollectedManifests extends ManifestSet, ReferenceScope {
  /** Of single objects, not of what they say about each other; in no order. */
  readonly problems: readonly Problem[];
}

/** Reads manifests as far as they can be read. An object with problems is among the others if it has a name. */
export function collectManifests(sources: readonly ManifestSource[]): CollectedManifests {
  const { read, problems, isIncomplete } = readAll(sources);
  const duplicates = findDuplicates(read);
  const faultsByObject = new Map<ManifestObject, Faults>();
  const unread: UnreadObject[] = isIncomplete ? [{}] : [];
  const objects: ManifestObject[] = [];
  for (const one of read) {
    const { object, ignored, root, unknownFields } = one;
    if (object === undefined) {
      if (ignored === undefined) unread.push(unreadObject(root));
      continue;
    }
    const own = duplicates.has(one) ? [...one.faults, duplicateFault] : one.faults;
    const faults = { root, unknownFields, faults: own };
    faultsByObject.set(object, faults);
    const hasNamespace = isSound(faults, 'metadata.namespace');
    if (!hasNamespace || !isSound(faults, 'metadata.name')) unread.push({ kind: object.kind });
    if (hasNamespace && object.metadata.name !== '') objects.push(object);
  }
  return {
    objects,
    unread,
    problems: [...problems, ...read.flatMap((one) => one.problems), ...duplicates.values()],
    warnings: collectWarnings(read),
    ignored: read.flatMap(({ ignored }) => ignored ?? []),
    locate: createLocator(read),
    isSound: (object, field) => {
      const faults = faultsByObject.get(object);
      return faults === undefined || isSound(faults, field);
    },
  };
}

interface ReadSources {
  readonly read: readonly ReadObject[];
  readonly problems: readonly Problem[];
  /** Whether a part may hold any object. */
  readonly isIncomplete: boolean;
}

function readAll(sources: readonly ManifestSource[]): ReadSources {
  const problems: Problem[] = [];
  const read: ReadObject[] = [];
  let documentCount = 0;
  let isIncomplete = false;
  for (const source of sources) {
    const size = Buffer.byteLength(source.text);
    if (size > MANIFEST_LIMITS.maxFileBytes) {
      problems.push(tooLarge(source.file, size));
      isIncomplete = true;
      continue;
    }
    const found = readDocuments(source, MANIFEST_LIMITS.maxDocuments - documentCount);
    problems.push(...found.problems);
    isIncomplete ||= found.isIncomplete;
    const documents = found.documents.flatMap(expandLists);
    documentCount += documents.length;
    if (documentCount > MANIFEST_LIMITS.maxDocuments) {
      problems.push(tooMany(source.file));
      isIncomplete = true;
      break;
    }
    read.push(...documents.map(readObject));
  }
  return { read, problems, isIncomplete };
}

function tooLarge(file: string, size: number): Problem {
  const { maxFileBytes } = MANIFEST_LIMITS;
  const message = `Expected at most ${maxFileBytes} bytes, got ${size}`;
  return { place: { file }, message, remedy: 'Split the file.' };
}

function tooMany(file: string): Problem {
  return { place: { file }, message: `More than ${MANIFEST_LIMITS.maxDocuments} objects` };
}
