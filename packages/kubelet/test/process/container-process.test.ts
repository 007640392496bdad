import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import {
  startContainerProcess,
  type ContainerProcess,
  type ContainerProcessOptions,
} from '../../src/process/container-process.ts';
import { createSweeper } from '../../src/process/sweeper.ts';

function run(command: readonly [string, ...string[]], over: Partial<ContainerProcessOptions> = {}) {
  const told: string[] = [];
  const child: ContainerProcess | undefined = startContainerProcess({
    command,
    environment: new Map([['PATH', process.env['PATH'] ?? '']]),
    workingDirectory: '/',
    mark: 'BELLOWS_CONTAINER=none',
    sweeper: createSweeper(),
    line: (stream, text) => told.push(`${stream}: ${text}`),
    failed: (error) => told.push(`failed: ${error.code ?? error.message}`),
    exited: (code) => told.push(`exited: ${code}`),
    settled: () => told.push('settled'),
    ...over,
  });
  return { child, told, settled: () => waitUntil('the end', () => told.includes('settled')) };
}

test('tells output, exit and the end of all, in this order at its end', async () => {
  const { told, settled } = run(['sh', '-c', 'echo out; echo err >&2; printf rest; exit 7']);
  await settled();
  expect(told.toSorted()).toEqual([
    'exited: 7',
    'settled',
    'stderr: err',
    'stdout: out',
    'stdout: rest',
  ]);
  expect(told.at(-1)).toBe('settled');
});

test('the exit code of a signal is 128 and its number', async () => {
  const { child, told, settled } = run(['sleep', '60']);
  child?.signal('SIGTERM');
  await settled();
  expect(told).toEqual(['exited: 143', 'settled']);
  child?.signal('SIGKILL');
});

test('a signal reaches the main process only', async () => {
  const { child, told, settled } = run([
    'sh',
    '-c',
    'trap "echo main; exit 0" TERM; sh -c "trap \'echo child\' TERM; while :; do sleep 0.05; done" & echo ready; wait',
  ]);
  await waitUntil('ready', () => told.includes('stdout: ready'));
  child?.signal('SIGTERM');
  await settled();
  expect(told).toContain('stdout: main');
  expect(told).not.toContain('stdout: child');
});

test('does not wait for a pipe that an unknown process holds', async () => {
  const holder = ['env', '-i', 'setsid', 'sleep', '15'].join(' ');
  const { settled } = run(['sh', '-c', `${holder} & exit 0`]);
  // Long before the holder ends.
  await settled();
});

test.each<[string, [string, ...string[]], Partial<ContainerProcessOptions>, string]>([
  ['no such command', ['no-such-command'], {}, 'failed: ENOENT'],
  ['no such folder', ['sh'], { workingDirectory: '/no/such' }, 'failed: ENOENT'],
  ['too large', ['sh', 'x'.repeat(5_000_000)], {}, 'failed: E2BIG'],
  ['a zero byte', ['sh', 'a\0b'], {}, 'failed: ERR_INVALID_ARG_VALUE'],
])('%s: tells the failure and nothing else', async (_, command, over, expected) => {
  const { child, told } = run(command, over);
  expect(child).toBeUndefined();
  await waitUntil('the failure', () => told.length > 0);
  expect(told).toEqual([expected]);
});
