import { nearestSpelling } from '@bellows/core';
import { KIND_READERS, REMOVED_VERSIONS } from '../kinds/kind-readers.ts';
import type { ManifestObject } from '../kinds/kinds.ts';
import { FieldPath } from '../problem/field-path.ts';
import { ObjectReport, type IgnoredField } from '../problem/object-report.ts';
import type { ManifestWarning } from '../problem/manifest-warning.ts';
import type { Problem } from '../problem/problem.ts';
import { describeNode, type ManifestNode } from '../yaml/manifest-node.ts';
import type { ManifestDocument } from '../yaml/read-documents.ts';
import type { SourceText } from '../yaml/source-text.ts';
import { ignoredObject, type IgnoredObject } from './ignored-object.ts';
import { textField } from './text-field.ts';

/** What became of one document. */
export interface ReadObject {
  readonly source: SourceText;
  readonly root: ManifestNode;
  /** Where the object begins. */
  readonly offset: number;
  /** Absent for a kind that is not acted on, or one that could not be told. */
  readonly object?: ManifestObject;
  /** An object of a kind that is not acted on. */
  readonly ignored?: IgnoredObject;
  readonly problems: readonly Problem[];
  readonly warnings: readonly ManifestWarning[];
  readonly ignoredFields: readonly IgnoredField[];
  /** Fields whose value is not what the author meant, as each has a problem. */
  readonly faults: readonly FieldPath[];
  /** Those of {@link faults} that do not exist: one of the fields beside it was meant. */
  readonly unknownFields: readonly FieldPath[];
}

/** Reads one document as an object of its kind. */
export function readObject({ source, root, isAmbiguous }: ManifestDocument): ReadObject {
  const kind = textField(root, 'kind') ?? '';
  const apiVersion = textField(root, 'apiVersion') ?? '';
  const report = new ObjectReport(source, root, [kind, nameOf(root)].join(' ').trim());
  if (isAmbiguous) report.faults.push(FieldPath.root);
  const reader = KIND_READERS.find((one) => one.kind === kind && one.apiVersion === apiVersion);
  if (reader !== undefined) {
    const line = source.place(root.offset).line ?? 1;
    const object = reader.read(report, { file: source.file, line });
    return { ...found(report), object };
  }
  const isOther = checkHeader(report, kind, apiVersion);
  return { ...found(report), ...(isOther && { ignored: ignoredObject(root, apiVersion, kind) }) };
}

function found(report: ObjectReport): Omit<ReadObject, 'object' | 'ignored'> {
  const { source, root, problems, warnings, ignoredFields, faults, unknownFields } = report;
  const { offset } = root;
  return { source, root, offset, problems, warnings, ignoredFields, faults, unknownFields };
}

function nameOf(root: ManifestNode): string {
  return textField(root, 'metadata', 'name') ?? '';
}

/** Whether it is an object of a kind that is not acted on; otherwise says what is wrong. */
function checkHeader(report: ObjectReport, kind: string, apiVersion: string): boolean {
  const { root: path } = FieldPath;
  if (report.root.kind !== 'map') {
    report.reject(
      path,
      `Expected a Kubernetes object, got ${describeNode(report.root)}`,
      'An object has apiVersion, kind and metadata.',
    );
    return false;
  }
  if (kind === '' || apiVersion === '') {
    if (apiVersion === '') report.require(path.child('apiVersion'));
    if (kind === '') report.require(path.child('kind'));
    return false;
  }
  const removed = REMOVED_VERSIONS[`${apiVersion} ${kind}`];
  if (removed !== undefined) {
    report.reject(
      path.child('apiVersion'),
      `no matches for kind "${kind}" in version "${apiVersion}"`,
      removed,
    );
    return false;
  }
  return !isMistake(report, kind, apiVersion);
}

/** A known kind in a wrong version or spelling, or a version of the core group that has no such kind. */
function isMistake(report: ObjectReport, kind: string, apiVersion: string): boolean {
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  const versions = KIND_READERS.filter((one) => one.kind === kind).map((one) => one.apiVersion);
  const isOwnGroup = !apiVersion.includes('.') || apiVersion.includes('.k8s.io/');
  if (versions.length > 0 && isOwnGroup) {
    report.reject(FieldPath.root.child('apiVersion'), message, `Write ${versions[0] ?? ''}.`);
    return true;
  }
  const kinds = KIND_READERS.filter((one) => one.apiVersion === apiVersion).map((one) => one.kind);
  const near = OTHER_KINDS.includes(kind)
    ? undefined
    : nearestSpelling(kind, [...kinds, ...OTHER_KINDS]);
  if (near === undefined || !kinds.includes(near)) return false;
  report.reject(FieldPath.root.child('kind'), message, `Did you mean ${JSON.stringify(near)}?`);
  return true;
}

/** Kinds of the same groups that are spelled right, though not acted on. */
const OTHER_KINDS = [
  'DaemonSet',
  'StatefulSet',
  'ReplicaSet',
  'ControllerRevision',
  'Pod',
  'PodTemplate',
  'Namespace',
  'Node',
  'Endpoints',
  'Event',
  'ServiceAccount',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ReplicationController',
  'ResourceQuota',
  'LimitRange',
  'Binding',
];
