import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../src/fuzz/check-answer.ts';
import { ownCaseFiles } from '../../src/case-files.ts';
import { readCaseFile } from '../../src/read-case-file.ts';
import { hpaSuite } from '../../src/suites/hpa.ts';

async function recorded(): Promise<Record<string, unknown>> {
  const [file] = await ownCaseFiles(hpaSuite);
  const [first] = await readCaseFile(file!);
  return structuredClone(first!.value);
}

describe('checkAnswer', () => {
  test('finds nothing where Bellows does the same', async () => {
    expect(checkAnswer(await recorded())).toEqual([]);
  });

  test('names what differs', async () => {
    const line = await recorded();
    const [tick] = line['ticks'] as { expect: { desiredReplicas: number } }[];
    tick!.expect.desiredReplicas = 77;
    expect(checkAnswer(line)).toMatchObject([{ expected: '77' }]);
  });

  test('lets Bellows refuse a spec that the API server refuses, and no other', async () => {
    const line = await recorded();
    const hpa = line['hpa'] as { spec: { maxReplicas: number }; rejectedByApi?: string[] };
    hpa.spec.maxReplicas = 0.5;
    expect(checkAnswer(line)).toMatchObject([{ field: 'error', expected: 'an answer' }]);
    hpa.rejectedByApi = ['spec.maxReplicas: Invalid value'];
    expect(checkAnswer(line)).toEqual([]);
  });
});
