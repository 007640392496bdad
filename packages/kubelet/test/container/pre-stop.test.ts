import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LifecycleHandler } from '@bellows/manifest';
import { expect, test } from 'vitest';
import { GRACE_USED_UP, runPreStop } from '../../src/container/pre-stop.ts';
import { nodeContainer } from '../support/pods.ts';

const run = (hook: LifecycleHandler, signal = new AbortController().signal) =>
  runPreStop(
    hook,
    {
      container: nodeContainer(['']),
      address: '127.0.0.1',
      portMap: {},
      exec: {
        environment: new Map([['PATH', process.env['PATH'] ?? '']]),
        workingDirectory: '/',
      },
    },
    { signal, timeoutMs: 60_000 },
  );

test('a request succeeds with any answer, and says who asks', async () => {
  const agents: unknown[] = [];
  const server = createServer((request, response) => {
    agents.push(request.headers['user-agent']);
    response.writeHead(500).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const httpGet = { path: '/', port, scheme: 'HTTP' as const, httpHeaders: [] };
  expect(await run({ httpGet })).toBeUndefined();
  expect(agents).toEqual(['kube-lifecycle/1.37']);
  server.close();
  await once(server, 'close');
  expect(await run({ httpGet })).toContain('connection refused');
  expect(await run({ httpGet: { ...httpGet, port: 'nope' } })).toBe('port nope not found');
});

test('a command fails with its output', async () => {
  expect(await run({ exec: { command: ['true'] } })).toBeUndefined();
  expect(await run({ exec: { command: ['sh', '-c', 'echo no; exit 1'] } })).toBe('no');
  expect(await run({ exec: { command: ['no-such'] } })).toContain('ENOENT');
});

test('a sleep ends early when its container has ended', async () => {
  expect(await run({ sleep: { seconds: 0 } })).toBeUndefined();
  expect(await run({ sleep: { seconds: 60 } }, AbortSignal.timeout(10))).toBeUndefined();
});

test('a command or request that is called off ends; it has failed if it used up the grace period', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const hooks = [
    { exec: { command: ['sleep', '60'] } },
    { httpGet: { path: '/', port, scheme: 'HTTP' as const, httpHeaders: [] } },
  ];
  for (const hook of hooks) {
    for (const reason of [undefined, GRACE_USED_UP]) {
      const caller = new AbortController();
      const failure = run(hook, caller.signal);
      caller.abort(reason);
      expect(await failure).toBe(reason);
    }
  }
  silent.closeAllConnections();
  silent.close();
});
