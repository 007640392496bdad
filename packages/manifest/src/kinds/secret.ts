import { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { mapOf } from '../shape/collection-shapes.ts';
import { stringShape } from '../shape/scalar-shapes.ts';
import { plain, type Shape } from '../shape/shape.ts';
import { configKeyProblems, dns1123SubdomainProblems } from '../validation/names.ts';
import { MAX_DATA_BYTES } from './config-map.ts';
import { defineKind, type KindReader } from './kind-reader.ts';
import type { Secret } from './kinds.ts';

/** Values of a Secret; what cannot be read is named without its text. */
const secretTextShape: Shape<string> = {
  expected: 'a string',
  zero: '',
  read: (node, path, reading) => {
    if (node.kind === 'string') return node.value;
    const found =
      node.kind === 'list' || node.kind === 'map' ? `a ${node.kind}` : `a ${node.kind}, unquoted`;
    reading.problem(path, `Expected a string, got ${found}`, 'Put the value in quotes.');
    return '';
  },
};

const base64Shape: Shape<Uint8Array> = {
  expected: 'base64 text',
  zero: new Uint8Array(),
  read: (node, path, reading) => {
    const text = secretTextShape.read(node, path, reading).replaceAll(/[\r\n]/g, '');
    if (/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0) {
      return Uint8Array.from(Buffer.from(text, 'base64'));
    }
    reading.problem(
      path,
      'Expected base64, got text that is none',
      'Encode the value, or put it under stringData as it is.',
    );
    return new Uint8Array();
  },
};

/**
 * `v1 Secret`. No message ever contains a value.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateSecret
 */
export const secretKind: KindReader = defineKind({
  kind: 'Secret',
  apiVersion: 'v1',
  fields: {
    data: plain(mapOf(base64Shape)),
    stringData: plain(mapOf(secretTextShape)),
    type: plain(stringShape),
  },
  otherFields: { ignored: { immutable: 'Manifests are read once, at the start.' } },
  nameProblems: dns1123SubdomainProblems,
  build: ({ data, stringData }, base): Secret => ({
    kind: 'Secret',
    apiVersion: 'v1',
    ...base,
    data: { ...data, ...encodeValues(stringData) },
  }),
  validate: ({ data }, report, { stringData }) => {
    let bytes = 0;
    for (const [key, value] of Object.entries(data)) {
      const field = Object.hasOwn(stringData, key) ? 'stringData' : 'data';
      checkKey(key, FieldPath.root.child(field).key(key), report);
      bytes += value.byteLength;
    }
    if (bytes > MAX_DATA_BYTES) {
      report.reject(FieldPath.root.child('data'), wording.tooLong(MAX_DATA_BYTES));
    }
  },
});

function encodeValues(values: Readonly<Record<string, string>>): Record<string, Uint8Array> {
  const encoder = new TextEncoder();
  const entries = Object.entries(values).map(([key, text]) => [key, encoder.encode(text)]);
  return Object.fromEntries(entries) as Record<string, Uint8Array>;
}

function checkKey(key: string, path: FieldPath, report: ObjectReport): void {
  report.invalid(path, key, configKeyProblems(key));
}
