import { describe, expect, test } from 'vitest';
import { BellowsError, formatPlace } from '../src/index.ts';

describe('BellowsError', () => {
  test('carries code, place, remedy and cause', () => {
    const cause = new Error('disk');
    const error = new BellowsError('ERR_CORE_ARGUMENT', 'Expected a, got b', {
      place: { file: 'hpa.yaml', line: 3 },
      remedy: 'Write a.',
      cause,
    });
    expect(error).toMatchObject({
      name: 'BellowsError',
      code: 'ERR_CORE_ARGUMENT',
      place: { file: 'hpa.yaml', line: 3 },
      remedy: 'Write a.',
      cause,
    });
  });

  test('is known by its brand, not by its class', () => {
    const copy = { [Symbol.for('bellows.error')]: true };
    expect([BellowsError.is(copy), BellowsError.is(new Error('x')), BellowsError.is(null)]).toEqual(
      [true, false, false],
    );
  });
});

describe('formatPlace', () => {
  test.each([
    [{ file: 'a.yaml', line: 3, column: 5, field: 'spec.replicas' }, 'a.yaml:3:5 spec.replicas'],
    [{ file: 'a.yaml' }, 'a.yaml'],
    [{ file: '-', line: 2, column: 1 }, 'standard input:2:1'],
    [{ field: 'spec' }, 'spec'],
    [{}, ''],
  ])('%j is %j', (place, text) => {
    expect(formatPlace(place)).toBe(text);
  });
});
