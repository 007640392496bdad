import { expect, test } from 'vitest';
import { containerCommand } from '../../src/environment/container-command.ts';
import { nodeContainer } from '../support/pods.ts';

test('is command and args, expanded', () => {
  const container = nodeContainer([''], {
    command: ['python3'],
    args: ['--bind', '$(HOST)', '$(X)'],
  });
  const variables = new Map([['HOST', '127.9.0.1']]);
  expect(containerCommand(container, variables)).toEqual([
    'python3',
    '--bind',
    '127.9.0.1',
    '$(X)',
  ]);
});

test.each([[[]], [['']]])('without a first word names the ways to give one', (command) => {
  expect(() => containerCommand(nodeContainer([''], { command }), new Map())).toThrow(
    expect.objectContaining({
      code: 'ERR_KUBELET_COMMAND',
      remedy: expect.stringContaining('bellows.dev/command') as unknown,
    }),
  );
});
