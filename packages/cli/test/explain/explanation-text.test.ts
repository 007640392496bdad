import { expect, test } from 'vitest';
import { explainRecord } from '../../src/explain/explain-record.ts';
import { arithmeticLines, explanationText, headline } from '../../src/explain/explanation-text.ts';
import { withoutBasis } from '../../src/record/without-basis.ts';
import { recordedDecisions } from '../fixtures/recorded-run.ts';

const record = recordedDecisions([
  [4, '10'],
  [4, '4'],
])[1]!;

test('says it in one sentence, then the arithmetic, then the values', () => {
  const lines = explanationText({ ...explainRecord(record), basis: record.basis! }).split('\n');
  expect(lines.slice(0, 9)).toEqual([
    'hpa/shop at 2026-11-22 12:00:15: Held at 4: rps is 4 per pod, target 10, asks for 2 (0.4 × 4 pods); the 4 recommended 15 s ago still hold (scale-down window 300 s)',
    '',
    '  proposal       4 → 2     rps is 4 per pod, target 10, asks for 2 (0.4 × 4 pods)',
    '  stabilization  2 → 4     the 4 recommended 15 s ago still hold (scale-down window 300 s)',
    '  policy         4         did not bind',
    '  limits         4         did not bind',
    '  reason         stabilization-window, see docs/reference/reasons.md',
    '  next           4 → 2 in 285 s if the metrics go on asking for 2',
    '  without        stabilization 2, policies 4, maxReplicas 4',
  ]);
  expect(lines).toContain('  metric         pods metric rps: 4, target 10, asks for 2, 1.0 s old');
  expect(lines).toContain('  pod            shop-0 Running, ready, 4');
});

test('says of a record of an earlier version what that holds', () => {
  const plain = withoutBasis(record);
  expect(explanationText(plain)).toContain(headline(plain));
  expect(arithmeticLines(plain).join('\n')).not.toContain('next');
});
