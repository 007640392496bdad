import { nearestSpelling } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import { wording } from '../problem/wording.ts';
import { describeNode, type ManifestNode } from '../yaml/manifest-node.ts';
import { isLeadingZeroOctal } from '../yaml/resolve-plain-scalar.ts';
import type { Reading } from './reading.ts';
import type { Shape } from './shape.ts';

const MAX_INT32 = 2_147_483_647;

/** Text. Numbers and booleans are not turned into it, since the API server does not either. */
export const stringShape: Shape<string> = {
  expected: 'a string',
  zero: '',
  read: (node, path, reading) => {
    if (node.kind === 'string') return node.value;
    reading.problem(path, `Expected a string, got ${describeNode(node)}`, quotingRemedy(node));
    return '';
  },
};

function quotingRemedy(node: ManifestNode): string | undefined {
  if (node.kind === 'number') return `Quote it: ${JSON.stringify(node.text)}.`;
  if (node.kind !== 'boolean') return undefined;
  const reads = /^(?:true|false)$/i.test(node.text)
    ? ''
    : ` Unquoted, Kubernetes reads ${node.text} as ${String(node.value)}.`;
  return `Quote it: ${JSON.stringify(node.text)}.${reads}`;
}

/** `true` or `false`, and what YAML 1.1 takes for them. */
export const booleanShape: Shape<boolean> = {
  expected: 'true or false',
  zero: false,
  read: (node, path, reading) => {
    if (node.kind === 'boolean') return node.value;
    const remedy = node.kind === 'string' && /^(?:true|false)$/i.test(node.value);
    reading.problem(
      path,
      `Expected true or false, got ${describeNode(node)}`,
      remedy ? 'Remove the quotes.' : undefined,
    );
    return false;
  },
};

/** A finite number, whole or not. Ranges are the validation's matter. */
export const numberShape: Shape<number> = {
  expected: 'a number',
  zero: 0,
  read: (node, path, reading) => {
    if (node.kind === 'number' && Number.isFinite(node.value)) return node.value;
    reading.problem(path, `Expected a number, got ${describeNode(node)}`);
    return 0;
  },
};

/** A whole number of 32 bits. Ranges are the validation's matter. */
export const int32Shape: Shape<number> = integerShape(MAX_INT32);

/** A whole number that a double holds exactly; Kubernetes' int64 fields mean nothing beyond. */
export const int64Shape: Shape<number> = integerShape(Number.MAX_SAFE_INTEGER);

function integerShape(max: number): Shape<number> {
  return {
    expected: 'a whole number',
    zero: 0,
    read: (node, path, reading) => readInteger(node, path, reading, max),
  };
}

function readInteger(node: ManifestNode, path: FieldPath, reading: Reading, max: number): number {
  if (node.kind !== 'number' || !Number.isInteger(node.value)) {
    const isQuoted = node.kind === 'string' && /^-?\d+$/.test(node.value);
    reading.problem(
      path,
      `Expected a whole number, got ${isQuoted ? `the string ${JSON.stringify(node.value)}` : describeNode(node)}`,
      isQuoted ? 'Remove the quotes.' : undefined,
    );
    return 0;
  }
  if (node.value > max || node.value < -max - 1) {
    reading.problem(path, `Expected a whole number from ${-max - 1} to ${max}, got ${node.text}`);
    return 0;
  }
  if (isLeadingZeroOctal(node.text)) {
    reading.remark(
      path,
      `${path.toString()}: ${node.text} begins with 0, so Kubernetes reads it as octal: ${node.value}.`,
      `Write ${node.value}.`,
    );
  }
  return node.value;
}

/** A whole number or text: a port or its name, a count or a percentage. */
export const intOrStringShape: Shape<number | string> = {
  expected: 'a whole number or a string',
  zero: 0,
  read: (node, path, reading) =>
    node.kind === 'string' ? node.value : readInteger(node, path, reading, MAX_INT32),
};

/** A quantity's text; a number is taken as it would stand in JSON. Whether it parses is validation. */
export const quantityShape: Shape<string> = {
  expected: 'a quantity',
  zero: '',
  read: (node, path, reading) => {
    if (node.kind === 'string') return node.value;
    if (node.kind === 'number') return node.json;
    reading.problem(path, `Expected a quantity such as 500m or 128Mi, got ${describeNode(node)}`);
    return '';
  },
};

/**
 * One of a few words.
 *
 * @param zero - What an absent or empty value is.
 */
export function enumShape<const T extends string>(values: readonly T[], zero: T): Shape<T> {
  const expected = `one of ${values.join(', ')}`;
  return {
    expected,
    zero,
    read: (node, path, reading) => {
      if (node.kind !== 'string') {
        reading.problem(path, `Expected ${expected}, got ${describeNode(node)}`);
        return zero;
      }
      if (node.value === '') return zero;
      const known = values.find((value) => value === node.value);
      if (known !== undefined) return known;
      const nearest = nearestSpelling(node.value, values);
      reading.problem(
        path,
        wording.notSupported(node.value, [...values].sort()),
        nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
      );
      return zero;
    },
  };
}
