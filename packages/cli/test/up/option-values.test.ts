import { describe, expect, test } from 'vitest';
import {
  parseDelayMs,
  parseInteger,
  parseSpanSeconds,
  parseSyncPeriodSeconds,
} from '../../src/up/option-values.ts';

describe('parseSpanSeconds', () => {
  test.each([
    ['15', 15],
    ['1.5', 1.5],
    ['15s', 15],
    ['500ms', 0.5],
    ['1m30s', 90],
  ])('reads %s as %d s', (text, seconds) => {
    expect(parseSpanSeconds(text)).toBe(seconds);
  });

  test.each(['', '0', '0s', '-5s', 'soon', '5 s', '1e3', 'Infinity', '15sec'])(
    'refuses %j',
    (text) => {
      expect(() => parseSpanSeconds(text)).toThrow(/^Expected a time/);
    },
  );
});

test.each([
  ['500ms', 500],
  ['0', 0],
  ['0s', 0],
  ['2', 2000],
])('parseDelayMs reads %s as %d ms', (text, ms) => {
  expect(parseDelayMs(text)).toBe(ms);
});

describe('parseInteger', () => {
  test('reads whole numbers in its range', () => {
    expect(parseInteger(1, 65_535)('8080')).toBe(8080);
  });

  test.each(['0', '65536', '80.5', 'http', '', '1e3'])('refuses %j', (text) => {
    expect(() => parseInteger(1, 65_535)(text)).toThrow('a whole number from 1 to 65535');
  });
});

test.each([
  ['24h', 86_400],
  ['15s', 15],
])('parseSyncPeriodSeconds reads %s as %d s', (text, seconds) => {
  expect(parseSyncPeriodSeconds(text)).toBe(seconds);
});

test('parseSyncPeriodSeconds refuses what the supervisor would', () => {
  expect(() => parseSyncPeriodSeconds('48h')).toThrow('Expected at most 24h.');
});
