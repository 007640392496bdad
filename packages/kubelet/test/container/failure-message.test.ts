import { describe, expect, test } from 'vitest';
import { failureMessage, startFailureMessage } from '../../src/container/failure-message.ts';
import { nodeContainer } from '../support/pods.ts';

const asked: number[] = [];
const viewPort = (port: number) => {
  asked.push(port);
  return { pod: 'a', podAddress: '127.9.0.1', port, holders: [] };
};
const message = (lastLines: string, exitCode = 1): string =>
  failureMessage(nodeContainer(['']), { exitCode, lastLines }, viewPort);

describe('failureMessage', () => {
  test('is the code and the last lines', () => {
    expect(message('boom')).toBe('exited with code 1\nboom');
    expect(message('', 137)).toBe('exited with code 137');
    expect(message('all done', 0)).toBe('exited with code 0');
  });

  test.each([
    ['Error: listen EADDRINUSE: address already in use 0.0.0.0:8080', 8080],
    ['Error: listen EADDRINUSE: address already in use :::8081', 8081],
    ['listen tcp :8082: bind: address already in use', 3000],
    ['OSError: [Errno 98] Address already in use', 3000],
  ])('explains the port of "%s"', (line, port) => {
    asked.length = 0;
    expect(message(line)).toContain(`port ${port} is in use; each pod has its own address`);
    expect(asked).toEqual([port]);
  });
});

test.each([
  ['ENOENT', 'no such command'],
  ['EACCES', 'chmod +x'],
  ['E2BIG', 'spawn E2BIG'],
])('startFailureMessage of %s says what to do', (code, part) => {
  const error = Object.assign(new Error(`spawn ${code}`), { code });
  const launch = { command: ['./run'] as [string], workingDirectory: '/srv' };
  expect(startFailureMessage(error, launch)).toContain(part);
});
