import type { PolledResult } from '../polled/polled-value.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The number that an answer of one row with one column holds. `bigint` and `numeric` come as text.
 *
 * @param emptyValue - Value of an answer without rows; undefined: there is none.
 */
export function numberOfRows(
  rows: readonly (readonly unknown[])[],
  emptyValue: number | undefined,
): PolledResult {
  const [row] = rows;
  if (row === undefined) {
    if (emptyValue !== undefined) return { kind: 'value', value: emptyValue };
    return problem('the query gave no row; emptyValue can say what that means');
  }
  if (rows.length > 1) return problem('the query gave several rows, expected one');
  if (row.length !== 1) return problem(`the query gave ${row.length} columns, expected one`);
  const [cell] = row;
  if (cell === null) return problem('the query gave NULL, expected a number');
  if (typeof cell === 'number') return { kind: 'value', value: cell };
  if (typeof cell === 'string' && NUMBER.test(cell)) return { kind: 'value', value: Number(cell) };
  if (cell === 'NaN' || cell === 'Infinity' || cell === '-Infinity') {
    return problem(`the query gave ${cell}, expected a number`);
  }
  return problem('the query gave something else than a number');
}

function problem(text: string): PolledResult {
  return { kind: 'problem', problem: text };
}
