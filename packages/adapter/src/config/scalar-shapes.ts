import { BellowsError, parsePrometheusDuration } from '@bellows/core';
import { describeNode, type Shape } from '@bellows/manifest/reading';

/**
 * Text, or any other scalar as it is written: Go's YAML decoder takes `as: 1` for the text `1`.
 *
 * @see go-yaml/yaml v2.4.0 decode.go
 */
export const textShape: Shape<string> = {
  expected: 'text',
  zero: '',
  read: (node, path, reading) => {
    if (node.kind === 'string') return node.value;
    if (node.kind === 'number' || node.kind === 'boolean') return node.text;
    reading.problem(path, `Expected text, got ${describeNode(node)}`);
    return '';
  },
};

/** A duration as Prometheus writes it, in milliseconds. */
export const durationShape: Shape<number> = {
  expected: 'a duration such as 5m',
  zero: 0,
  read: (node, path, reading) => {
    try {
      return parsePrometheusDuration(textShape.read(node, path, reading));
    } catch (error) {
      if (!BellowsError.is(error)) throw error;
      reading.problem(path, error.message, error.remedy ?? 'Write a duration such as 5m or 1h30m.');
      return 0;
    }
  },
};
