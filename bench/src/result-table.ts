import Table from 'cli-table3';
import type { BenchRow } from './benchmark.ts';

/** The rows as a table for a terminal. */
export function formatRows(rows: readonly BenchRow[]): string {
  const table = new Table({
    head: ['measured', 'Bellows', 'peer', 'ratio', 'goal', 'met'],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    table.push([
      row.what,
      row.ours,
      row.peer ?? '',
      row.ratio ?? '',
      row.goal ?? '',
      row.goal === undefined ? '' : row.isMet ? 'yes' : 'NO',
    ]);
  }
  return table.toString();
}
