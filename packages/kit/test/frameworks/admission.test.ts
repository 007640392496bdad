import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { limitFastifyRequests } from '../../src/frameworks/fastify.ts';
import { limitHonoRequests } from '../../src/frameworks/hono.ts';
import { limitKoaRequests } from '../../src/frameworks/koa.ts';
import type { Limit } from '../../src/index.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

/** A service whose requests wait for `answer`, with a limit in front, as its framework's users write it. */
type Build = (limit: Limit, answer: () => Promise<string>) => RequestListener;

const require = createRequire(import.meta.url);

const withExpress =
  (create: typeof express): Build =>
  (limit, answer) => {
    const app = create();
    app.use(limit.middleware());
    app.get('/', (_request, response) => void answer().then((text) => response.send(text)));
    return app;
  };

const FRAMEWORKS: Readonly<Record<string, Build>> = {
  'Express 4': withExpress(require('express-4') as typeof express),
  'Express 5': withExpress(express),
  Fastify: (limit, answer) => {
    const app = fastify();
    app.addHook('onRequest', limitFastifyRequests(limit));
    app.get('/', answer);
    return (request, response) =>
      void app.ready().then(() => {
        app.routing(request, response);
      });
  },
  Koa: (limit, answer) => {
    const app = new Koa();
    app.use(limitKoaRequests(limit));
    app.use(async (context) => {
      context.body = await answer();
    });
    const listener = app.callback();
    return (request, response) => void listener(request, response);
  },
  Hono: (limit, answer) => {
    const app = new Hono();
    app.use(limitHonoRequests(limit));
    app.get('/', async (context) => context.text(await answer()));
    const listener = getRequestListener(app.fetch);
    return (request, response) => void listener(request, response);
  },
};

describe.each(Object.entries(FRAMEWORKS))('a limit in %s', (_name, build) => {
  test('refuses what is too much without the framework, and frees the place at the end of an answer', async () => {
    const held: (() => void)[] = [];
    const answer = (): Promise<string> =>
      new Promise((resolve) => {
        held.push(() => {
          resolve('done');
        });
      });
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1, maxLength: 0 });
      return build(limit, answer);
    });
    for (const round of [1, 2]) {
      const first = fetchText(served.port, '/');
      await waitUntil(`request ${round} to begin`, () => held.length === 1);
      const { status, headers, body } = await fetchText(served.port, '/');
      expect([status, body]).toEqual([503, 'no room for this request now\n']);
      expect(headers.get('retry-after')).toMatch(/^[1-4]$/);
      held.pop()?.();
      expect(await first).toMatchObject({ status: 200, body: 'done' });
      await waitUntil('the place to be free', () => limit!.running === 0);
    }
    expect(await served.metrics()).toContain('http_requests_shed_total{reason="queue_full"} 2');
  });

  test('begins none whose client has gone while it waited', async () => {
    let begun = 0;
    let finish = (): void => undefined;
    const answer = (): Promise<string> => {
      begun += 1;
      return new Promise((resolve) => {
        finish = () => {
          resolve('done');
        };
      });
    };
    let limit: Limit | undefined;
    await using served = await serve((kit) => {
      limit = kit.limit({ name: 'http', concurrency: 1, maxLength: 1, maxWaitSeconds: Infinity });
      return build(limit, answer);
    });
    const first = fetchText(served.port, '/');
    await waitUntil('the first one to begin', () => begun === 1);
    const controller = new AbortController();
    const second = fetchText(served.port, '/', { signal: controller.signal });
    await waitUntil('the second one to wait', () => limit!.length === 1);
    controller.abort();
    await expect(second).rejects.toThrow();
    await waitUntil('it to leave the line', () => limit!.length === 0);
    finish();
    expect((await first).status).toBe(200);
    expect(begun).toBe(1);
  });
});

test('a priority sees the framework’s own request', async () => {
  let seen = '';
  await using served = await serve((kit) => {
    const limit = kit.limit({ name: 'http' });
    const app = express();
    app.use(
      limit.middleware<express.Request, express.Response>({
        priority: (request) => {
          seen = request.path;
          return 'high';
        },
      }),
    );
    app.get('/pay', (_request, response) => void response.send('paid'));
    return app;
  });
  expect((await fetchText(served.port, '/pay')).body).toBe('paid');
  expect(seen).toBe('/pay');
});
