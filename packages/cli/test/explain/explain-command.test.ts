import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createExplainCommand } from '../../src/explain/explain-command.ts';
import type { ExplainOptions } from '../../src/explain/explain.ts';
import { recordedDecisions, writeRun } from '../fixtures/recorded-run.ts';

async function parse(...args: string[]): Promise<ExplainOptions | undefined> {
  let options: ExplainOptions | undefined;
  const command = createExplainCommand((given) => {
    options = given;
    return Promise.resolve();
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync(args, { from: 'user' });
  return options;
}

test('reads its options', async () => {
  expect(await parse('hpa/shop', '--at', '12:00', '--why-not', '8', '--json')).toEqual({
    autoscaler: 'hpa/shop',
    run: undefined,
    at: '12:00',
    whyNot: 8,
    settings: [],
    diff: undefined,
    json: true,
    cluster: { kubeconfig: undefined, context: undefined, namespace: undefined, flags: {} },
  });
  expect(
    await parse('-n', 'shop', '--context', 'a', '--horizontal-pod-autoscaler-tolerance', '0.2'),
  ).toMatchObject({
    cluster: { context: 'a', namespace: 'shop', flags: { toleranceRatio: 0.2 } },
  });
  expect(await parse('--set', 'target=5', '--set', 'maxReplicas=3')).toMatchObject({
    settings: ['target=5', 'maxReplicas=3'],
  });
  expect(await parse('--diff', '12:00', '12:01')).toMatchObject({ diff: ['12:00', '12:01'] });
});

test.each([['--why-not', '-1'], ['--why-not', 'many'], ['--no-such'], ['hpa/a', 'hpa/b']])(
  'refuses %s %s',
  async (...args) => {
    await expect(parse(...args)).rejects.toThrow();
  },
);

test('runs as a command, and says how to make a run where there is none', async () => {
  await using folder = await temporaryDirectory();
  const bellows = fileURLToPath(new URL('../../bin/bellows.js', import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [bellows, 'explain', ...args], {
      cwd: folder.path,
      // No cluster: this machine's user may have one.
      env: { ...process.env, HOME: folder.path, KUBECONFIG: '' },
      encoding: 'utf8',
    });
  expect(run()).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/no.*bellows up -f k8s\/.*/s) as string,
  });
  const file = await writeRun(folder.path, recordedDecisions([[4, '20']]));
  expect(run('--run', file)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^hpa\/shop at .*: 4 → 8: /) as string,
    stderr: '',
  });
});
