import { describe, expect, test } from 'vitest';
import { search, type Finding } from '../../src/fuzz/search.ts';
import type { Question } from '../../src/fuzz/question.ts';
import { answeringOracle } from './answer-by-bellows.ts';

const BATCH_MS = 1;

describe('search', () => {
  test('finds nothing in an oracle that does as Bellows does', async () => {
    const result = await search({
      oracle: answeringOracle(),
      seed: 1,
      durationMs: BATCH_MS,
      maxFindings: 1,
      onFinding: () => undefined,
    });
    expect(result.findings).toEqual([]);
    expect(result.scenarios).toBe(200);
    expect(result.ticks).toBeGreaterThan(200);
  });

  test('shrinks a disagreement to the few ticks and the number that show it', async () => {
    const found: Finding[] = [];
    const oracle = answeringOracle((result) =>
      (result.scaleWrite ?? 0) > 3 ? { ...result, scaleWrite: 3 } : result,
    );
    const { findings } = await search({
      oracle,
      seed: 1,
      durationMs: BATCH_MS,
      maxFindings: 1,
      onFinding: (finding) => found.push(finding),
    });
    expect(found).toEqual(findings);
    const [{ line, mismatches }] = findings as [Finding];
    const { ticks } = line as unknown as Question;
    expect(mismatches.at(-1)).toMatchObject({ expected: '3', got: '4' });
    expect(ticks.length).toBeLessThanOrEqual(4);
  });

  test('takes a scenario that the oracle cannot play for a disagreement', async () => {
    const { findings } = await search({
      oracle: { ask: () => Promise.reject(new Error('no reconcile')), stop: () => undefined },
      seed: 1,
      durationMs: BATCH_MS,
      maxFindings: 1,
      onFinding: () => undefined,
    });
    expect(findings[0]?.mismatches).toEqual([
      { field: 'oracle', expected: 'an answer', got: 'no reconcile' },
    ]);
  });
});
