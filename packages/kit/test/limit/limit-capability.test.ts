import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { connect, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import type { Kit, Limit } from '../../src/index.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

/** A handler that ends when it is told to, and a promise of its begin. */
function hold(): {
  handler: (request: IncomingMessage, response: { end: (body: string) => unknown }) => void;
  begun: () => number;
  finish: () => void;
} {
  const waiting: (() => void)[] = [];
  let begun = 0;
  return {
    handler: (_request, response) => {
      begun += 1;
      waiting.push(() => response.end('done\n'));
    },
    begun: () => begun,
    finish: () => {
      for (const end of waiting.splice(0)) end();
    },
  };
}

const get = (port: number, path = '/', headers: Record<string, string> = {}): ClientRequest => {
  const request = httpRequest({ port, host: '127.0.0.1', path, headers, agent: false });
  request.on('error', () => undefined);
  return request.end();
};

describe('kit.limit in front of a handler', () => {
  test('refuses with 503 and Retry-After before the body is read, and counts it', async () => {
    const held = hold();
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1, maxLength: 1 });
      return limit.handler(held.handler);
    });
    const first = fetchText(served.port, '/');
    await waitUntil('the first to begin', () => held.begun() === 1);
    const second = fetchText(served.port, '/');
    await waitUntil('the second to wait', () => limit!.length === 1);
    // Headers only: the answer comes though the body never does.
    const socket = connect(served.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [^]*\r\nRetry-After: [1-4]\r\n/);
    socket.destroy();
    held.finish();
    await waitUntil('the second to begin', () => held.begun() === 2);
    held.finish();
    expect((await first).status).toBe(200);
    expect((await second).status).toBe(200);
    const page = await served.metrics();
    expect(page).toContain('http_requests_shed_total{reason="queue_full"} 1');
    expect(page).toContain('queue_items_total{queue="http",outcome="full"} 1');
    expect(page).toContain('queue_items_total{queue="http",outcome="completed"} 2');
    expect(page).toContain('queue_concurrency_limit{queue="http"} 1');
  });

  test('refuses what has waited for too long, and what its caller waits no longer for', async () => {
    const held = hold();
    await using served = await serve((kit) =>
      kit
        .limit({ name: 'http', concurrency: 1, maxLength: 5, maxWaitSeconds: 0.3 })
        .handler(held.handler),
    );
    const first = fetchText(served.port, '/');
    await waitUntil('the first to begin', () => held.begun() === 1);
    const hurried = get(served.port, '/', { 'x-envoy-expected-rq-timeout-ms': '30' });
    const [late] = (await once(hurried, 'response')) as [IncomingMessage];
    expect(late.resume().statusCode).toBe(503);
    expect((await fetchText(served.port, '/')).status).toBe(503);
    held.finish();
    await first;
    const page = await served.metrics();
    expect(page).toContain('http_requests_shed_total{reason="deadline"} 1');
    expect(page).toContain('http_requests_shed_total{reason="queue_timeout"} 1');
  });

  test('holds requests of HTTP/2, too', async () => {
    await using served = await serve();
    const limit = served.kit.limit({ name: 'http2', concurrency: 1, maxLength: 0 });
    const server = createHttp2Server(
      limit.handler((request: Http2ServerRequest, response: Http2ServerResponse) => {
        if (request.url === '/throws') throw new Error('no such page');
        setTimeout(() => response.end('done'), 50);
      }),
    );
    served.kit.attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const codeOf = async (path: string): Promise<unknown> => {
      const stream = session.request({ ':path': path }).resume();
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
      await once(stream, 'close');
      return headers[':status'];
    };
    expect((await Promise.all([codeOf('/'), codeOf('/')])).sort()).toEqual([200, 503]);
    expect(await codeOf('/throws')).toBe(500);
    session.close();
    server.close();
    const page = await served.metrics();
    expect(page).toContain('queue_items_total{queue="http2",outcome="completed"} 1');
    expect(page).toContain('queue_items_total{queue="http2",outcome="failed"} 1');
  });

  test('forgets who goes away while waiting, and frees the place of who goes away while running', async () => {
    const held = hold();
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1 });
      return limit.handler(held.handler);
    });
    const running = get(served.port);
    await waitUntil('it to begin', () => held.begun() === 1);
    const waiting = get(served.port);
    await waitUntil('it to wait', () => limit!.length === 1);
    waiting.destroy();
    await waitUntil('it to be gone', () => limit!.length === 0);
    running.destroy();
    await waitUntil('the place to be free', () => limit!.running === 0);
    expect(held.begun()).toBe(1);
    expect(await served.metrics()).toContain(
      'queue_items_total{queue="http",outcome="cancelled"} 1',
    );
  });

  test('frees the places of pipelined requests whose connection is cut', async () => {
    const held = hold();
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 5 });
      return limit.handler(held.handler);
    });
    const socket = connect(served.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3));
    await waitUntil('all to begin', () => limit!.running === 3);
    socket.destroy();
    await waitUntil('the places to be free', () => limit!.running === 0);
  });

  test('holds the place of a handler that works on after its client has gone', async () => {
    let finish: (() => void) | undefined;
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1 });
      return limit.handler(() => new Promise<void>((resolve) => (finish = resolve)));
    });
    const gone = get(served.port);
    await waitUntil('it to begin', () => finish !== undefined);
    gone.destroy();
    await waitUntil('it to be closed', () => gone.closed);
    expect(limit!.running).toBe(1);
    finish!();
    await waitUntil('the place to be free', () => limit!.running === 0);
  });

  test('answers 500 for a handler that throws, now or later, counts it and goes on', async () => {
    await using served = await serve((kit) =>
      kit.limit({ name: 'http' }).handler((request, response) => {
        if (request.url === '/now') throw new Error('now');
        if (request.url === '/later') return Promise.reject(new Error('later'));
        if (request.url === '/half') {
          response.write('half');
          throw new Error('half');
        }
        response.end();
        return undefined;
      }),
    );
    expect((await fetchText(served.port, '/now')).status).toBe(500);
    expect((await fetchText(served.port, '/later')).status).toBe(500);
    const half = get(served.port, '/half');
    await waitUntil('it to be closed', () => half.closed);
    expect((await fetchText(served.port, '/fine')).status).toBe(200);
    expect(served.said[0]).toBe('handler in limit http failed: now');
    expect(await served.metrics()).toContain('queue_items_total{queue="http",outcome="failed"} 3');
  });

  test('lets the urgent go first and the exempt pass; a question that throws ends nothing', async () => {
    const held = hold();
    const order: (string | undefined)[] = [];
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1, maxLength: 5 });
      return limit.handler(
        (request, response) => {
          order.push(request.url);
          if (request.url === '/health') response.end();
          else held.handler(request, response);
        },
        {
          priority: ({ url }) => {
            if (url === '/throws') throw new Error('no such user');
            return url === '/pay' ? 'high' : 'low';
          },
          isExempt: ({ url }) => url === '/health',
        },
      );
    });
    const requests = [get(served.port, '/first')];
    await waitUntil('the first', () => held.begun() === 1);
    for (const path of ['/browse', '/throws', '/pay']) {
      const before = limit!.length;
      requests.push(get(served.port, path));
      await waitUntil(path, () => limit!.length > before);
    }
    expect((await fetchText(served.port, '/health')).status).toBe(200);
    for (let count = 2; count <= 4; count += 1) {
      held.finish();
      await waitUntil('the next', () => held.begun() === count);
    }
    held.finish();
    expect(order).toEqual(['/first', '/health', '/pay', '/throws', '/browse']);
    await waitUntil('all answers', () => requests.every((request) => request.closed));
  });

  test('as middleware it frees the place at the end of the response', async () => {
    let limit: Limit | undefined;
    const held = hold();
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1, maxLength: 0 });
      const middleware = limit.middleware();
      return (request, response) => {
        middleware(request, response, () => {
          held.handler(request, response);
        });
      };
    });
    const first = fetchText(served.port, '/');
    await waitUntil('it to begin', () => held.begun() === 1);
    expect((await fetchText(served.port, '/')).status).toBe(503);
    held.finish();
    expect((await first).status).toBe(200);
    await waitUntil('the place to be free', () => limit!.running === 0);
  });

  test('never meets probes and metrics', async () => {
    const held = hold();
    await using served = await serve((kit) =>
      kit.limit({ name: 'http', concurrency: 1, maxLength: 0 }).handler(held.handler),
    );
    served.kit.ready();
    const first = fetchText(served.port, '/');
    await waitUntil('it to begin', () => held.begun() === 1);
    expect((await fetchText(served.port, '/')).status).toBe(503);
    expect((await served.admin('/livez')).status).toBe(200);
    expect((await served.admin('/readyz')).status).toBe(200);
    held.finish();
    await first;
  });
});

describe('kit.limit around a function', () => {
  const forever = (signal: AbortSignal): Promise<never> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });

  test('gives what it returns or throws, and a signal that aborts at its deadline', async () => {
    await using served = await serve();
    const limit = served.kit.limit({ name: 'calls', concurrency: 2 });
    expect(await limit.run(() => 7)).toBe(7);
    await expect(limit.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(limit.run(forever, { timeoutSeconds: 0.02 })).rejects.toMatchObject({
      code: 'ERR_KIT_DEADLINE',
    });
    await expect(limit.run(forever, { priority: 'urgent' as 'high' })).rejects.toThrow(
      /Expected `priority` of work in a limit to be 'high' or 'normal' or 'low', got `urgent`/,
    );
    expect(await served.metrics()).toContain(
      'queue_items_total{queue="calls",outcome="aborted"} 1',
    );
  });

  test('takes a time in decimal text, as all options do', async () => {
    await using served = await serve();
    const limit = served.kit.limit({ name: 'calls' });
    await expect(limit.run(forever, { timeoutSeconds: '0.02' as never })).rejects.toMatchObject({
      code: 'ERR_KIT_DEADLINE',
    });
  });

  test("is not begun when its caller's signal has aborted, and ends when it aborts", async () => {
    await using served = await serve();
    const limit = served.kit.limit({ name: 'calls', concurrency: 1 });
    const caller = new AbortController();
    const running = limit.run(forever, { signal: caller.signal });
    const waiting = limit.run(() => 1, { signal: caller.signal });
    const gone = new Error('gone');
    caller.abort(gone);
    await expect(running).rejects.toBe(gone);
    await expect(waiting).rejects.toBe(gone);
    await expect(limit.run(() => 1, { signal: caller.signal })).rejects.toBe(gone);
    expect(await limit.run(() => 2)).toBe(2);
  });

  test('a rejection that nobody looks at ends no process', async () => {
    await using served = await serve();
    const limit = served.kit.limit({ name: 'calls' });
    const seen: unknown[] = [];
    const listener = (reason: unknown): number => seen.push(reason);
    process.on('unhandledRejection', listener);
    void limit.run(() => Promise.reject(new Error('unseen')));
    const queue = served.kit.queue({ name: 'items' }, () => Promise.reject(new Error('unseen')));
    void queue.push(1);
    await waitUntil('both', async () =>
      (await served.metrics()).includes('queue_items_total{queue="items",outcome="failed"} 1'),
    );
    process.off('unhandledRejection', listener);
    expect(seen).toEqual([]);
  });

  test('is drained: what runs has its time, then its signal, and is counted', async () => {
    await using served = await serve(undefined, { inFlightTimeoutSeconds: 0.1 });
    const limit = served.kit.limit({ name: 'calls', concurrency: 1 });
    const heeds = limit.run(forever);
    const waits = limit.run(() => 1);
    const result = await served.kit.drain();
    await expect(heeds).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    await expect(waits).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    await expect(limit.run(() => 1)).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    expect(result.aborted).toBeGreaterThan(0);
  });
});

test.each<[Parameters<Kit['limit']>[0], RegExp]>([
  [{ name: '' }, /`name` of a limit to be a text of 1 to 200 characters/],
  [
    { name: 'a', concurrency: 0 },
    /`concurrency` of a limit to be a whole number from 1 to 10000, or 'adaptive', got `0`/,
  ],
  [{ name: 'a', maxLength: -1 }, /`maxLength` of a limit to be a whole number from 0 to 100000/],
  [
    { name: 'a', maxWaitSeconds: Number.NaN },
    /`maxWaitSeconds` of a limit to be above 0 and up to 86400, or Infinity/,
  ],
  [
    { name: 'a', size: 3 } as never,
    /Expected an option of a limit, got `size`; its options are name, concurrency,/,
  ],
])('a bad option is named with its range: %j', async (options, message) => {
  await using served = await serve();
  expect(() => served.kit.limit(options)).toThrow(message);
});
