import { expect, test } from 'vitest';
import { containerProcesses } from '../../src/process/process-tree.ts';

const stat = (pid: number, parentPid: number, sessionId: number) => ({
  pid,
  parentPid,
  sessionId,
  ownTicks: 0,
  childTicks: 0,
  startTicks: 0,
});

test('finds the session and the descendants that left it, each with its own container', () => {
  const stats = [
    stat(1, 0, 1),
    stat(10, 1, 10),
    stat(11, 10, 10),
    stat(12, 11, 12), // left its session
    stat(13, 12, 13), // and so did its child
    stat(14, 1, 10), // orphan that stayed
    stat(20, 1, 20),
    stat(21, 20, 20),
    stat(30, 1, 30),
  ];
  const trees = containerProcesses(stats, new Set([10, 20, 99]));
  const pids = [...trees].map(([pid, tree]) => [pid, tree.map((process) => process.pid)]);
  expect(pids).toEqual([
    [10, [10, 11, 12, 13, 14]],
    [20, [20, 21]],
    [99, []],
  ]);
});

test('does not lose itself in a circle of parents', () => {
  const trees = containerProcesses([stat(5, 6, 5), stat(6, 5, 6)], new Set([7]));
  expect(trees.get(7)).toEqual([]);
});
