import { labelKeyProblems, nearestSpelling } from '@bellows/core';
import type { EnvFromSource, EnvVar, EnvVarSource } from '../kinds/pod-spec.ts';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { record } from '../shape/record-shape.ts';
import { booleanShape, quantityShape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, orDefault, plain, type Shape } from '../shape/shape.ts';
import {
  configKeyProblems,
  dns1123SubdomainProblems,
  environmentNameProblems,
} from '../validation/names.ts';
import { checkQuantity } from '../validation/quantities.ts';

const keyRefShape = record('a map with name and key', {
  name: plain(stringShape),
  key: plain(stringShape),
  optional: optional(booleanShape),
});

const sourceShape: Shape<EnvVarSource> = record(
  'a map with one source',
  {
    fieldRef: optional(
      record('a map with fieldPath', {
        apiVersion: orDefault(stringShape, 'v1'),
        fieldPath: plain(stringShape),
      }),
    ),
    resourceFieldRef: optional(
      record('a map with resource', {
        containerName: optional(stringShape),
        resource: plain(stringShape),
        divisor: optional(quantityShape),
      }),
    ),
    configMapKeyRef: optional(keyRefShape),
    secretKeyRef: optional(keyRefShape),
  },
  { refused: { fileKeyRef: 'Give the value itself, or take it from a ConfigMap or Secret.' } },
);

/** `v1 EnvVar`. */
export const envVarShape: Shape<EnvVar> = record('a variable', {
  name: plain(stringShape),
  value: optional(stringShape),
  valueFrom: optional(sourceShape),
});

const envFromRefShape = record('a map with name', {
  name: plain(stringShape),
  optional: optional(booleanShape),
});

/** `v1 EnvFromSource`. */
export const envFromShape: Shape<EnvFromSource> = record('a map with configMapRef or secretRef', {
  prefix: optional(stringShape),
  configMapRef: optional(envFromRefShape),
  secretRef: optional(envFromRefShape),
});

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'] as const;

/** Fields of a pod that a variable can take. @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go validEnvDownwardAPIFieldPathExpressions */
const FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);

/** Reports what the API server refuses in `env`. */
export function checkEnv(env: readonly EnvVar[], path: FieldPath, report: ObjectReport): void {
  for (const [index, { name, value, valueFrom }] of env.entries()) {
    const at = path.index(index);
    if (name === '') report.require(at.child('name'));
    else report.invalid(at.child('name'), name, environmentNameProblems(name));
    if (valueFrom === undefined) continue;
    const set = SOURCES.filter((source) => valueFrom[source] !== undefined);
    const from = at.child('valueFrom');
    if (set.length === 0) {
      const names = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
      report.invalid(from, '', [`must specify one of: ${names}`]);
    } else if (value !== undefined && value !== '') {
      report.invalid(from, '', ['may not be specified when `value` is not empty']);
    } else if (set.length > 1) {
      report.invalid(from, '', ['may not have more than one field specified at a time']);
    }
    checkSource(valueFrom, from, report);
  }
}

function checkSource(source: EnvVarSource, path: FieldPath, report: ObjectReport): void {
  const { fieldRef, resourceFieldRef } = source;
  if (fieldRef !== undefined) {
    checkFieldPath(fieldRef.fieldPath, path.child('fieldRef', 'fieldPath'), report);
  }
  if (resourceFieldRef !== undefined) {
    const at = path.child('resourceFieldRef');
    checkResource(resourceFieldRef.resource, at.child('resource'), report);
    const { divisor } = resourceFieldRef;
    if (divisor !== undefined) checkQuantity(divisor, at.child('divisor'), report);
  }
  for (const kind of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const ref = source[kind];
    if (ref === undefined) continue;
    const at = path.child(kind);
    checkReferenceName(ref.name, at.child('name'), report);
    if (ref.key === '') report.require(at.child('key'));
    else report.invalid(at.child('key'), ref.key, configKeyProblems(ref.key));
  }
}

function checkReferenceName(name: string, path: FieldPath, report: ObjectReport): void {
  if (name === '') report.require(path);
  else report.invalid(path, name, dns1123SubdomainProblems(name));
}

function checkFieldPath(fieldPath: string, path: FieldPath, report: ObjectReport): void {
  if (fieldPath === '') {
    report.require(path);
    return;
  }
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(fieldPath);
  if (subscript !== null) {
    const [, map, key = ''] = subscript;
    const checked = map === 'annotations' ? key.toLowerCase() : key;
    report.invalid(path, key, labelKeyProblems(checked));
  } else if (!FIELD_PATHS.includes(fieldPath)) {
    rejectUnsupported(fieldPath, FIELD_PATHS, path, report);
  }
}

function checkResource(resource: string, path: FieldPath, report: ObjectReport): void {
  if (resource === '') report.require(path);
  else if (!RESOURCES.includes(resource) && !/^(?:limits|requests)\.hugepages-/.test(resource)) {
    rejectUnsupported(resource, [...RESOURCES].sort(), path, report);
  }
}

function rejectUnsupported(
  value: string,
  supported: readonly string[],
  path: FieldPath,
  report: ObjectReport,
): void {
  const nearest = nearestSpelling(value, supported);
  const remedy = nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`;
  report.reject(path, wording.notSupported(value, supported), remedy);
}

/** Reports what the API server refuses in `envFrom`. */
export function checkEnvFrom(
  envFrom: readonly EnvFromSource[],
  path: FieldPath,
  report: ObjectReport,
): void {
  for (const [index, { prefix = '', configMapRef, secretRef }] of envFrom.entries()) {
    const at = path.index(index);
    if (prefix !== '') report.invalid(at.child('prefix'), prefix, environmentNameProblems(prefix));
    if (configMapRef === undefined && secretRef === undefined) {
      report.invalid(at, '', ['must specify one of: `configMapRef` or `secretRef`']);
    } else if (configMapRef !== undefined && secretRef !== undefined) {
      report.invalid(at, '', ['may not have more than one field specified at a time']);
    }
    if (configMapRef)
      checkReferenceName(configMapRef.name, at.child('configMapRef', 'name'), report);
    if (secretRef) checkReferenceName(secretRef.name, at.child('secretRef', 'name'), report);
  }
}
