import { expect, test } from 'vitest';
import { CANCELLED } from '../../src/probe/probe-report.ts';
import { runExec } from '../../src/probe/exec-probe.ts';

const never = new AbortController().signal;
const run = (script: string, timeoutMs = 5000, signal = never) =>
  runExec(
    {
      command: ['sh', '-c', script],
      environment: new Map([
        ['PATH', process.env['PATH'] ?? ''],
        ['GREETING', 'hello'],
      ]),
      workingDirectory: '/',
    },
    timeoutMs,
    signal,
  );

test.each([
  ['exit 0 is success', 'exit 0', { outcome: 'success', message: '' }],
  [
    'another code is failure, with the output',
    'echo out; echo err >&2; exit 3',
    { outcome: 'failure' },
  ],
  [
    'no output: the code is told',
    'exit 3',
    { outcome: 'failure', message: 'command ended with exit code 3' },
  ],
  [
    'it has the variables and the folder',
    'echo $GREETING $PWD',
    { outcome: 'success', message: 'hello /' },
  ],
])('%s', async (_, script, report) => {
  expect(await run(script)).toMatchObject(report);
});

test('a command that takes too long is killed with all it started, and fails', async () => {
  const startMs = Date.now();
  const report = await run('sleep 60 & sleep 60; echo never', 200);
  expect(report).toEqual({
    outcome: 'failure',
    message: 'command timed out: "sh -c sleep 60 & sleep 60; echo never" timed out after 0.2s',
  });
  expect(Date.now() - startMs).toBeLessThan(5000);
});

test('a command that cannot be started is an error, whatever the reason', async () => {
  const target = { environment: new Map<string, string>(), workingDirectory: '/' };
  for (const command of [['no-such-command'], [], ['a\0b'], ['sh', 'x'.repeat(5_000_000)]]) {
    expect((await runExec({ ...target, command }, 1000, never)).outcome).toBe('error');
  }
});

test('output is cut', async () => {
  const { message } = await run('yes | head -c 100000');
  expect(message.length).toBeLessThanOrEqual(10 * 1024);
});

test('a command that is called off is killed with all it started', async () => {
  const caller = new AbortController();
  const report = run('sleep 60 & sleep 60', 60_000, caller.signal);
  caller.abort();
  expect(await report).toBe(CANCELLED);
  expect(await run('exit 0', 60_000, caller.signal)).toBe(CANCELLED);
});
