import { expect, test } from 'vitest';
import { differenceText } from '../../src/explain/difference-text.ts';
import { recordedDecisions } from '../fixtures/recorded-run.ts';

const [first, second] = recordedDecisions([
  [4, '10'],
  [4, '20'],
]);

test('names what is different, and only that', () => {
  const text = differenceText(first!, second!);
  expect(text).toContain('  desired:       4 → 8');
  expect(text).toContain('  pods metric rps: 10 → 20');
  expect(text).toContain('  reason:        within-tolerance → usage-ratio');
  expect(text).not.toContain('target of');
  expect(text).not.toContain('max:');
});

test('says that nothing is different', () => {
  expect(differenceText(first!, first!)).toContain('nothing else is different');
});
