import { expect, test } from 'vitest';
import {
  formatCount,
  formatElapsed,
  formatLatency,
  formatRate,
  formatSpan,
} from '../../src/text/figures.ts';

test.each([
  [formatCount(0), '0'],
  [formatCount(1_234_567), '1,234,567'],
  [formatRate(0), '0'],
  [formatRate(4.25), '4.3'],
  [formatRate(91.4), '91'],
  [formatRate(1234.5), '1,235'],
  [formatLatency(undefined), '–'],
  [formatLatency(0.00085), '850 µs'],
  [formatLatency(0.0018), '1.8 ms'],
  [formatLatency(0.0123), '12 ms'],
  [formatLatency(1.2345), '1.23 s'],
  [formatSpan(1000, 13_345), '12.3 s'],
  [formatSpan(undefined, 13_345), '–'],
  [formatSpan(1000, undefined), '–'],
  [formatElapsed(0), '0:00'],
  [formatElapsed(83.9), '1:23'],
  [formatElapsed(7205), '2:00:05'],
])('formats %s', (formatted, expected) => {
  expect(formatted).toBe(expected);
});
