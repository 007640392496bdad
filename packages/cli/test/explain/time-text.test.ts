import { expect, test } from 'vitest';
import { timeText } from '../../src/explain/time-text.ts';

test('writes local time, two digits each', () => {
  expect(timeText(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05');
});
