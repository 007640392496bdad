import { expect, test } from 'vitest';
import { paintLine, span } from '../../src/view/line.ts';
import { shareRows } from '../../src/view/share-rows.ts';

const rowsOf = (texts: readonly string[], columns: number, rows: number): string[] =>
  shareRows(
    texts.map((text) => [span(text)]),
    columns,
    rows,
  ).map((line) => paintLine(line, false).trimEnd());

test('breaks lines over the rows there are, the first ones best served', () => {
  expect(rowsOf(['one two three', 'four five'], 10, 4)).toEqual([
    'one two',
    '  three',
    'four five',
  ]);
});

test('gives each line a row, and marks what was cut off', () => {
  expect(rowsOf(['one two three', 'four five six'], 10, 0)).toEqual(['one two t…', 'four five…']);
});
