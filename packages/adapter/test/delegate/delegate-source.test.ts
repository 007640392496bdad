import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseLabelSelector, Quantity } from '@bellows/core';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { createDelegateSource } from '../../src/delegate/delegate-source.ts';
import { issueServing, makeAuthority } from '../../src/registration/certificate.ts';
import type { Source } from '../../src/source/source.ts';

interface Delegate extends AsyncDisposable {
  readonly source: Source;
  readonly requests: string[];
  readonly tokens: Set<string | undefined>;
}

const LIST = { kind: 'APIResourceList', resources: [{ name: 's0-kafka-orders' }] };
const AT = '2026-01-02T03:04:05Z';

/** A metrics API server with a certificate of its own authority, and a source that delegates to it. */
async function delegateTo(
  answer: (path: string) => readonly [number, unknown],
  { isTrusted = true } = {},
): Promise<Delegate> {
  const folder = await temporaryDirectory();
  const times = { nowMs: Date.now(), lifeMs: 86_400_000 };
  const authority = await makeAuthority(times.nowMs, times.lifeMs);
  const other = await makeAuthority(times.nowMs, times.lifeMs);
  const { certificate, key } = await issueServing(authority, ['localhost'], times);
  const requests: string[] = [];
  const tokens = new Set<string | undefined>();
  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(request.url ?? '');
    tokens.add(request.headers.authorization);
    const [status, body] = answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [caFile, tokenFile] = [join(folder.path, 'ca.crt'), join(folder.path, 'token')];
  writeFileSync(caFile, isTrusted ? authority.certificate : other.certificate);
  writeFileSync(tokenFile, 'our-token\n');
  const { port } = server.address() as AddressInfo;
  const source = createDelegateSource({
    ...{ url: `https://localhost:${port}`, caFile, tokenFile, timeoutMs: 30_000 },
  });
  return {
    ...{ source, requests, tokens },
    [Symbol.asyncDispose]: async () => {
      await source.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await folder[Symbol.asyncDispose]();
    },
  };
}

const ASKED = {
  metric: 's0-kafka-orders',
  namespace: 'shop',
  selector: parseLabelSelector('scaledobject.keda.sh/name=orders'),
};
const read = (source: Source): ReturnType<NonNullable<Source['external']>['read']> =>
  source.external?.read(ASKED, new AbortController().signal) ?? Promise.resolve(undefined);

describe('createDelegateSource', () => {
  test('asks the former owner for the values, with our token and the selector', async () => {
    const items = [
      { metricName: 'x', metricLabels: null, timestamp: AT, window: 30, value: '7500m' },
    ];
    await using delegate = await delegateTo(() => [200, { items }]);
    const readings = await read(delegate.source);
    expect(readings).toEqual([
      {
        labels: undefined,
        value: { kind: 'value', value: Quantity.parse('7500m'), atMs: Date.parse(AT) },
        windowSeconds: 30,
      },
    ]);
    expect(delegate.requests).toEqual([
      '/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/s0-kafka-orders?labelSelector=scaledobject.keda.sh%2Fname%3Dorders',
    ]);
    expect([...delegate.tokens]).toEqual(['Bearer our-token']);
    expect(delegate.source.state()).toMatchObject([{ part: 'former owner' }]);
    expect(delegate.source.state()[0]?.problem).toBeUndefined();
  });

  test('does not know what the former owner does not know', async () => {
    await using delegate = await delegateTo(() => [404, { kind: 'Status' }]);
    expect(await read(delegate.source)).toBeUndefined();
  });

  test('lists what the former owner lists', async () => {
    await using delegate = await delegateTo(() => [200, LIST]);
    delegate.source.start();
    await waitUntil('the list', () => delegate.source.external?.list().length === 1, {
      timeoutMs: 30_000,
    });
    expect(delegate.source.external?.list()).toEqual(['s0-kafka-orders']);
  });

  test.each([
    ['refuses', [403, { kind: 'Status' }]],
    ['answers what is no list', [200, '<html>']],
    ['answers another list', [200, { items: 3 }]],
  ] as const)('answers an error when the former owner %s', async (_what, answer) => {
    await using delegate = await delegateTo(() => answer);
    await expect(read(delegate.source)).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_ADAPTER_(SOURCE|RESULT)$/) as string,
    });
    expect(delegate.source.isReady()).toBe(true);
  });

  test('asks nobody whose certificate it cannot verify', async () => {
    await using delegate = await delegateTo(() => [200, LIST], { isTrusted: false });
    await expect(read(delegate.source)).rejects.toMatchObject({ code: 'ERR_ADAPTER_SOURCE' });
    expect(delegate.requests).toEqual([]);
  });

  test('takes a value that is no number as missing', async () => {
    const items = [{ metricLabels: { a: 'b' }, timestamp: AT, value: 'many' }];
    await using delegate = await delegateTo(() => [200, { items }]);
    expect(await read(delegate.source)).toMatchObject([
      { labels: { a: 'b' }, value: { kind: 'missing' } },
    ]);
  });

  test('refuses a URL without TLS', () => {
    expect(() => createDelegateSource({ url: 'http://keda.svc' })).toThrow('https');
  });
});
