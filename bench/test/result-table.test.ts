import { expect, test } from 'vitest';
import { formatRows } from '../src/result-table.ts';

test('a missed goal stands out, a line without a goal says nothing of one', () => {
  const row = { what: 'x', ours: '2', peer: '1', ratio: '0.50', goal: '≥ 0.6', isMet: false };
  const table = formatRows([
    row,
    { ...row, what: 'y', isMet: true },
    { ...row, what: 'z', peer: undefined, ratio: undefined, goal: undefined, isMet: true },
  ]);
  const lines = table.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));
  expect(lines.find((cells) => cells[1] === 'x')?.slice(1, -1)).toEqual([
    'x',
    '2',
    '1',
    '0.50',
    '≥ 0.6',
    'NO',
  ]);
  expect(lines.find((cells) => cells[1] === 'y')?.at(-2)).toBe('yes');
  expect(lines.find((cells) => cells[1] === 'z')?.slice(3, -1)).toEqual(['', '', '', '']);
});
