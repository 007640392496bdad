import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { listenForStopRequests } from '../../src/terminal/stop-requests.ts';

const listen = (): { stdout: PassThrough; requests: ReturnType<typeof listenForStopRequests> } => {
  const stdout = new PassThrough();
  return {
    stdout,
    requests: listenForStopRequests(stdout as unknown as NodeJS.WriteStream),
  };
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

  test('takes a closed standard output as one request, however often it fails', async () => {
    const { stdout, requests } = listen();
    stdout.emit('error', new Error('write EPIPE'));
    stdout.emit('error', new Error('write EPIPE'));
    expect(await requests.first).toEqual({ reason: 'brokenPipe', exitCode: 141 });
    process.kill(process.pid, 'SIGINT');
    expect((await requests.second).reason).toBe('SIGINT');
    requests.stop();
  });
});
