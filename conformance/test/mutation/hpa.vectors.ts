import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownCaseFiles } from '../../src/case-files.ts';
import { readCaseFile, type CaseLine } from '../../src/read-case-file.ts';
import { hpaSuite } from '../../src/suites/hpa.ts';

/** Scenarios a test: few, so that a changed line is tried on those alone that come by it. */
const CHUNK = 25;

// The recorded scenarios as tests of the mutation run alone: `npm test` has them in one.
const cases = await Promise.all(
  (await ownCaseFiles(hpaSuite)).map(async (file) => ({ file, lines: await readCaseFile(file) })),
);

describe.each(cases)('vectors of $file', ({ file, lines }) => {
  test.each(chunksOf(lines))(`${path.basename(file)} from line $0.line`, (...chunk) => {
    const check = hpaSuite.open(file);
    for (const { value } of chunk) expect(check(value)).toEqual([]);
  });
});

function chunksOf(lines: readonly CaseLine[]): CaseLine[][] {
  const count = Math.ceil(lines.length / CHUNK);
  return Array.from({ length: count }, (_, index) =>
    lines.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
