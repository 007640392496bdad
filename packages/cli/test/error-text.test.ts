import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { exitCodeOf, formatError } from '../src/error-text.ts';

describe('formatError', () => {
  test('gives place, message, code and remedy', () => {
    const error = new BellowsError('ERR_LOAD_PROFILE', 'Expected a rate, got "x"', {
      place: { file: 'day.csv', line: 3, column: 4 },
      remedy: 'Write a number',
    });
    expect(formatError(error)).toBe(
      'bellows: day.csv:3:4: Expected a rate, got "x" (ERR_LOAD_PROFILE)\n  Write a number',
    );
  });

  test('leaves a message that spells out several problems as it is', () => {
    const error = new BellowsError('ERR_MANIFEST_INVALID', '2 problems:\n  a: b\n  c: d', {
      place: { file: 'a' },
      remedy: 'Mend it',
    });
    expect(formatError(error)).toBe('bellows: 2 problems:\n  a: b\n  c: d\n(ERR_MANIFEST_INVALID)');
  });

  test('shows the stack of a fault of its own', () => {
    expect(formatError(new TypeError('x is undefined'))).toMatch(
      /please report it[^]*TypeError: x is undefined\n {4}at /,
    );
    expect(formatError('thrown text')).toContain('thrown text');
  });
});

test.each([
  ['ERR_CLI_USAGE', 2],
  ['ERR_MANIFEST_INVALID', 2],
  ['ERR_LOAD_PROFILE', 2],
  ['ERR_SUPERVISOR_OBJECTS', 2],
  ['ERR_KUBELET_STATE_DIRECTORY', 3],
  ['ERR_BALANCER_LISTEN', 3],
  ['ERR_CLI_NOT_READY', 3],
] as const)('%s ends with %d', (code, exitCode) => {
  expect(exitCodeOf(new BellowsError(code, 'message'))).toBe(exitCode);
});

test('a fault ends with 3', () => {
  expect(exitCodeOf(new TypeError('x'))).toBe(3);
});
