import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import type { GuardedFetch } from '../../src/index.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

test('hands the deadline of a request down, and ends when the request does', async () => {
  const seen: (string | undefined)[] = [];
  await using upstream = await serve(() => (request, response) => {
    seen.push(request.headers['x-envoy-expected-rq-timeout-ms'] as string | undefined);
    if (request.url === '/fast') response.end('fast');
  });
  let call: GuardedFetch | undefined;
  await using served = await serve((kit) => {
    call = kit.guards.fetch('upstream');
    return (request, response) => {
      call!(`http://127.0.0.1:${upstream.port}${request.url!}`, { request }).then(
        async (answer) => response.end(await answer.text()),
        (error: unknown) => response.writeHead(504).end((error as Error).name),
      );
    };
  });
  const headers = { 'x-envoy-expected-rq-timeout-ms': '5000' };
  expect((await fetchText(served.port, '/fast', { headers })).body).toBe('fast');
  expect(Number(seen[0])).toBeGreaterThan(0);
  expect(Number(seen[0])).toBeLessThanOrEqual(5000);
  const hurried = { 'x-envoy-expected-rq-timeout-ms': '100' };
  expect((await fetchText(served.port, '/slow', { headers: hurried })).status).toBe(504);
  await waitUntil('the upstream to see it end', async () =>
    (await upstream.metrics()).includes('http_requests_in_flight 0'),
  );
});

test('holds its total deadline for the body, too, and refuses beyond its bounds', async () => {
  await using upstream = await serve(() => (request, response) => {
    if (request.url === '/drip') response.write('a part');
  });
  await using served = await serve();
  const url = `http://127.0.0.1:${upstream.port}`;
  const call = served.kit.guards.fetch('upstream', {
    timeoutSeconds: 3,
    concurrency: 1,
    maxLength: 0,
  });
  const answer = await call(`${url}/drip`);
  await expect(answer.text()).rejects.toMatchObject({ name: 'TimeoutError' });
  const silent = call(`${url}/silent`);
  await expect(call(`${url}/silent`)).rejects.toMatchObject({ code: 'ERR_KIT_QUEUE_FULL' });
  await expect(silent).rejects.toMatchObject({ name: 'TimeoutError' });
});
