import { describe, expect, test } from 'vitest';
import { ownCaseFiles } from '../../src/case-files.ts';
import { replayVectors } from '../../src/fuzz/replay-vectors.ts';
import { hpaSuite } from '../../src/suites/hpa.ts';
import { answeringOracle } from './answer-by-bellows.ts';

const files = (await ownCaseFiles(hpaSuite)).filter((file) => /restarts|found/.test(file));

describe('replayVectors', () => {
  test('agrees with an oracle that answers as the recorded controller did', async () => {
    const lines: string[] = [];
    const result = await replayVectors(answeringOracle(), files, (line) => lines.push(line));
    expect(lines).toEqual([]);
    expect(result).toEqual({ agreed: 19, scenarios: 19 });
  });

  test('does not tell the oracle what is expected', async () => {
    const asked: string[] = [];
    const oracle = answeringOracle((result, question) => {
      asked.push(JSON.stringify(question));
      return result;
    });
    await replayVectors(oracle, files.slice(0, 1), () => undefined);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.join('')).not.toContain('expect');
  });

  test('says where an answer differs', async () => {
    const lines: string[] = [];
    const oracle = answeringOracle((result) => ({ ...result, error: 'other words' }));
    const result = await replayVectors(oracle, files, (line) => lines.push(line));
    expect(result).toEqual({ agreed: 1, scenarios: 19 });
    expect(lines[0]).toContain('other words');
  });
});
