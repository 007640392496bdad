import { FieldPath } from '../problem/field-path.ts';
import { wording } from '../problem/wording.ts';
import { stringMapShape } from '../shape/collection-shapes.ts';
import { plain } from '../shape/shape.ts';
import { configKeyProblems, dns1123SubdomainProblems } from '../validation/names.ts';
import { defineKind, type KindReader } from './kind-reader.ts';
import type { ConfigMap } from './kinds.ts';

/** Largest sum of all values, in bytes. @see kubernetes/api v0.37.2 core/v1/types.go MaxSecretSize */
export const MAX_DATA_BYTES: number = 1024 * 1024;

/**
 * `v1 ConfigMap`.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateConfigMap
 */
export const configMapKind: KindReader = defineKind({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  fields: { data: plain(stringMapShape) },
  otherFields: {
    ignored: {
      immutable: 'Manifests are read once, at the start.',
      binaryData: 'Binary values cannot be environment variables, and no volume is mounted.',
    },
  },
  nameProblems: dns1123SubdomainProblems,
  build: ({ data }, base): ConfigMap => ({ kind: 'ConfigMap', apiVersion: 'v1', ...base, data }),
  validate: ({ data }, report) => {
    const path = FieldPath.root.child('data');
    let bytes = 0;
    for (const [key, value] of Object.entries(data)) {
      report.invalid(path.key(key), key, configKeyProblems(key));
      bytes += Buffer.byteLength(value);
    }
    if (bytes > MAX_DATA_BYTES) report.reject(path, wording.tooLong(MAX_DATA_BYTES));
  },
});
