import { expect, test } from 'vitest';
import { tallyFiles } from '../../src/mutation/tally-files.ts';

const mutant = (fileName: string, status: string): { fileName: string; status: string } => ({
  fileName,
  status,
});

test('counts by file what was tried, what a test noticed, and constants apart', () => {
  const mutants = [
    ...['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'].map((one) => mutant('a.ts', one)),
    mutant('b.ts', 'Killed'),
  ];
  expect(tallyFiles(['a.ts', 'b.ts', 'c.ts'], mutants)).toEqual([
    { file: 'a.ts', tried: 4, killed: 2, left: 1 },
    { file: 'b.ts', tried: 1, killed: 1, left: 0 },
    { file: 'c.ts', tried: 0, killed: 0, left: 0 },
  ]);
});
