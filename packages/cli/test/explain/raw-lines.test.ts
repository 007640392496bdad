import { expect, test } from 'vitest';
import { rawLines } from '../../src/explain/raw-lines.ts';
import { withoutBasis } from '../../src/record/without-basis.ts';
import { recordedDecisions } from '../fixtures/recorded-run.ts';

const [many] = recordedDecisions([[23, '4']]);
const withReadings = (...metrics: object[]) => ({
  ...many!,
  basis: { ...many!.basis, observation: { ...(many!.basis!['observation'] as object), metrics } },
});

test('lists twenty pods, and says how many more there are', () => {
  const lines = rawLines(many!);
  expect(lines.filter((line) => line.startsWith('  pod '))).toHaveLength(20);
  expect(lines).toContain('                 and 3 more pods (--json has all)');
});

test('shows each kind of reading as it was read', () => {
  const lines = rawLines(
    withReadings(
      { kind: 'object', value: '35' },
      { kind: 'external', series: ['30', '5'] },
      { kind: 'failed', error: 'down' },
      {
        kind: 'resource',
        pods: [{ pod: 'shop-0', atMs: 0, windowMs: 0, containers: [{ usage: '1m' }, {}] }],
      },
    ),
  );
  expect(lines).toContain('  value          35');
  expect(lines).toContain('  series         30, 5');
  expect(lines).toContain('  pod            shop-0 Running, ready, 1m + unknown');
  expect(lines).toContain('  pod            shop-1 Running, ready, no sample');
});

test('has the conditions where there is nothing else', () => {
  expect(rawLines(withoutBasis(many!))[0]).toMatch(/^ {2}condition {6}AbleToScale True: /);
});
