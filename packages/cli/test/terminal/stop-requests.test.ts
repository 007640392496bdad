import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { listenForStopRequests } from '../../src/terminal/stop-requests.ts';

const listen = (): {
  readonly stdout: PassThrough;
  readonly exitCodes: number[];
  readonly requests: ReturnType<typeof listenForStopRequests>;
} => {
  const stdout = new PassThrough();
  const exitCodes: number[] = [];
  const requests = listenForStopRequests(stdout as unknown as NodeJS.WriteStream, (exitCode) => {
    exitCodes.push(exitCode);
  });
  return { stdout, exitCodes, requests };
};

describe('listenForStopRequests', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('takes %s as a request to stop', async (signal, exitCode) => {
    const { requests } = listen();
    process.kill(process.pid, signal);
    expect(await requests.first).toEqual({ reason: signal, exitCode });
    process.kill(process.pid, 'SIGINT');
    expect(await requests.second).toEqual({ reason: 'SIGINT', exitCode: 130 });
    requests.stop();
    expect(process.listenerCount(signal)).toBe(0);
  });

  test('exits at the third signal', async () => {
    const { requests, exitCodes } = listen();
    process.kill(process.pid, 'SIGINT');
    await requests.first;
    process.kill(process.pid, 'SIGINT');
    await requests.second;
    expect(exitCodes).toEqual([]);
    const third = once(process, 'SIGTERM');
    process.kill(process.pid, 'SIGTERM');
    await third;
    expect(exitCodes).toEqual([143]);
    requests.stop();
  });

  test('takes a closed standard output as one request, however often it fails', async () => {
    const { stdout, requests } = listen();
    stdout.emit('error', new Error('write EPIPE'));
    stdout.emit('error', new Error('write EPIPE'));
    expect(await requests.first).toEqual({ reason: 'brokenPipe', exitCode: 141 });
    process.kill(process.pid, 'SIGINT');
    expect((await requests.second).reason).toBe('SIGINT');
    requests.stop();
  });

  test('does not take a reader that goes away at Ctrl-C as a second request', async () => {
    const { stdout, requests } = listen();
    process.kill(process.pid, 'SIGINT');
    await requests.first;
    stdout.emit('error', new Error('write EPIPE'));
    process.kill(process.pid, 'SIGTERM');
    expect((await requests.second).reason).toBe('SIGTERM');
    requests.stop();
  });
});
