import { expect, test } from 'vitest';
import { decisionRows } from '../../src/view/decision-rows.ts';
import { paintLine } from '../../src/view/line.ts';
import { decision, NOON_MS } from '../fixtures/run-view.ts';

const decisions = [
  decision(NOON_MS, 1, 2),
  decision(NOON_MS + 15_000, 2, 2),
  decision(NOON_MS + 30_000, 2, 2),
];
const rowsOf = (columns: number, most: number): string[] =>
  decisionRows(decisions, columns, most).map((line) => paintLine(line, false));

test('prefers changes to the decisions that held, in the order of time', () => {
  expect(rowsOf(100, 2).map((line) => line.slice(0, 8))).toEqual(['12:00:30', '12:00:00']);
  expect(rowsOf(100, 3).map((line) => line.slice(0, 8))).toEqual([
    '12:00:30',
    '12:00:15',
    '12:00:00',
  ]);
});

test('tells the newest one in full', () => {
  expect(rowsOf(40, 4).slice(0, 3)).toEqual([
    '12:00:30 hpa/shop = Held at 2:',
    '  http_requests_per_second is 41.5 per',
    '  pod, target 20',
  ]);
});
