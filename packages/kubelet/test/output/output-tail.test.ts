import { expect, test } from 'vitest';
import { OutputTail } from '../../src/output/output-tail.ts';

test('keeps the last 20 lines, and 2 KiB of them', () => {
  const tail = new OutputTail();
  expect(tail.text()).toBe('');
  for (let line = 0; line < 30; line++) tail.push(`line ${line}`);
  expect(tail.text().split('\n')).toHaveLength(20);
  expect(tail.text().endsWith('line 29')).toBe(true);
  tail.push('x'.repeat(5000));
  expect(tail.text()).toBe('x'.repeat(2048));
});
