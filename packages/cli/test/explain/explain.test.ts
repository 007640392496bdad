import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionRecord } from '@bellows/core';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { explain, type ExplainOptions } from '../../src/explain/explain.ts';
import { withoutBasis } from '../../src/record/without-basis.ts';
import { recordedDecisions, writeRun } from '../fixtures/recorded-run.ts';

const decisions = recordedDecisions([
  [4, '10'],
  [4, '4'],
]);

async function ask(
  options: Partial<ExplainOptions>,
  recorded: readonly DecisionRecord[] = decisions,
): Promise<string> {
  await using folder = await temporaryDirectory();
  await writeRun(folder.path, recorded);
  return await explain(asked(options), folder.path);
}

function asked(options: Partial<ExplainOptions>): ExplainOptions {
  const cluster = { kubeconfig: undefined, context: undefined, namespace: undefined, flags: {} };
  const none = { run: undefined, at: undefined, whyNot: undefined, diff: undefined, cluster };
  return { autoscaler: undefined, settings: [], json: false, ...none, ...options };
}

describe('explain', () => {
  test('says why, of the newest decision or of another', async () => {
    expect(await ask({})).toMatch(/^hpa\/shop at 2026-11-22 12:00:15: Held at 4: .*still hold/);
    expect(await ask({ at: '12:00:00' })).toMatch(/^hpa\/shop at 2026-11-22 12:00:00: .*tolerance/);
  });

  test('says why not', async () => {
    expect(await ask({ whyNot: 3 })).toMatch(
      /^Not 3: the 4 recommended 15 s ago still hold .* \(stabilization-window\)\n/,
    );
    expect(await ask({ whyNot: 4 })).toMatch(/^4 is what was decided\./);
  });

  test('says what another setting would have decided', async () => {
    expect(await ask({ settings: ['scaleDownWindow=0'] })).toContain('  desired:       4 → 2');
  });

  test('says what changed between two times', async () => {
    expect(await ask({ diff: ['12:00:00', '12:00:15'] })).toContain('pods metric rps: 10 → 4');
  });

  test('reads a run that goes on, also while a line is being written, and says that it does', async () => {
    await using folder = await temporaryDirectory();
    const file = await writeRun(folder.path, decisions);
    appendFileSync(file, '{"v":1,"atMs":');
    const question = { ...asked({}), json: false };
    expect(await explain(question, folder.path)).not.toContain('still going');
    const holder = JSON.stringify({ pid: process.pid, startTime: '' });
    writeFileSync(join(folder.path, 'supervisor.json'), holder);
    const text = await explain(question, folder.path);
    expect(text).toMatch(/^hpa\/shop at 2026-11-22 12:00:15: Held at 4/);
    expect(text).toContain(`still going (process ${process.pid})`);
    expect(JSON.parse(await explain({ ...question, json: true }, folder.path))).toMatchObject({
      run: { pid: process.pid, file },
    });
    expect(await explain({ ...question, run: file }, folder.path)).not.toContain('still going');
  });

  test('gives the same as JSON', async () => {
    const json = async (options: Partial<ExplainOptions>): Promise<unknown> =>
      JSON.parse(await ask({ ...options, json: true }));
    expect(await json({})).toMatchObject({
      reason: 'stabilization-window',
      next: { replicas: 2 },
      basis: { spec: { maxReplicas: 10 } },
    });
    expect(await json({ whyNot: 3 })).toMatchObject({
      whyNot: { replicas: 3, code: 'stabilization-window' },
    });
    expect(await json({ settings: ['target=2'] })).toMatchObject({
      before: { replicas: { desired: 4 } },
      after: { replicas: { desired: 8 } },
    });
  });

  test('takes one question at a time', async () => {
    const questions: Partial<ExplainOptions>[] = [
      { whyNot: 3, settings: ['target=2'] },
      { diff: ['12:00:00'] },
      { diff: ['12:00:00', '12:00:15'], at: '12:00:00' },
    ];
    for (const question of questions) {
      await expect(ask(question)).rejects.toMatchObject({ code: 'ERR_CLI_USAGE' });
    }
  });

  test('says what a record of an earlier version holds, and what it does not', async () => {
    const old = decisions.map(withoutBasis);
    expect(await ask({}, old)).toContain('Held at 4');
    expect(await ask({ whyNot: 3 }, old)).toMatch(/^Not 3: /);
    await expect(ask({ settings: ['target=2'] }, old)).rejects.toMatchObject({
      code: 'ERR_CLI_RUN',
    });
  });

  test('says so where the run decided otherwise than is decided now', async () => {
    const other = { ...decisions[1]!, replicas: { ...decisions[1]!.replicas, desired: 7 } };
    expect(await ask({}, [other])).toContain('The run itself decided on 7');
  });
});
