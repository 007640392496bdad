import type { ServerResponse } from 'node:http';
import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createKubernetesClient } from '../../src/kubernetes-client.ts';
import type { KubernetesObject } from '../../src/kubernetes-object.ts';
import {
  createInformer,
  type Informer,
  type InformerHandlers,
  type InformerOptions,
} from '../../src/watch/informer.ts';
import {
  configMap,
  listOf,
  sendJson,
  startApiServer,
  statusOf,
  type ScriptedApiServer,
} from '../fixtures/api-server.ts';

const PATH = '/api/v1/configmaps';
const QUICK = { initialBackOffMs: 5, maxBackOffMs: 20 };

/** A server that lists `list()` and gives each watch to `watch`. */
function startWatched(
  list: () => object,
  watch: (response: ServerResponse, url: URL) => void,
): Promise<ScriptedApiServer> {
  return startApiServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.searchParams.get('watch') !== 'true') {
      sendJson(response, list());
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    watch(response, url);
  });
}

async function informerOf(
  server: ScriptedApiServer,
  handlers: InformerHandlers<KubernetesObject> = {},
  options: InformerOptions<KubernetesObject> = QUICK,
): Promise<Informer<KubernetesObject> & AsyncDisposable> {
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  const informer = createInformer(client, { path: PATH }, handlers, options);
  return {
    start: () => informer.start(),
    stop: () => informer.stop(),
    list: () => informer.list(),
    get: (...args) => informer.get(...args),
    [Symbol.asyncDispose]: async () => {
      await informer.stop();
      client.close();
    },
  };
}

const event = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;

test('goes on from the newest version it has seen, bookmarks included', async () => {
  let watches = 0;
  await using server = await startWatched(
    () => listOf(5, [configMap('a', 1)]),
    (response) => {
      watches += 1;
      if (watches === 1) response.write(event('ADDED', configMap('b', 6)));
      if (watches === 1) response.end(event('BOOKMARK', { metadata: { resourceVersion: '9' } }));
    },
  );
  await using informer = await informerOf(server);
  await informer.start();
  await waitUntil('the second watch', () => server.requests.length === 3);
  expect(server.requests[0]).toBe(`GET ${PATH}?limit=500`);
  expect(server.requests[1]).toMatch(/watch=true&allowWatchBookmarks=true&resourceVersion=5&/);
  expect(server.requests[2]).toContain('resourceVersion=9');
  expect(informer.list().map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
});

test.each([
  ['a broken line', '{"type":"ADDED","obj\n'],
  ['a line that is no event', '{"hello":1}\n'],
  ['an end within a line', '{"type":'],
  ['the version having expired', event('ERROR', statusOf(410, 'Expired', 'too old'))],
])('lists again after %s, and tells what differs', async (_, bytes) => {
  let lists = 0;
  const told: string[] = [];
  await using server = await startWatched(
    () => {
      lists += 1;
      return lists === 1 ? listOf(5, [configMap('a', 1)]) : listOf(8, [configMap('b', 7)]);
    },
    (response) => {
      if (lists === 1) response.end(bytes);
    },
  );
  await using informer = await informerOf(server, {
    onAdd: ({ metadata }) => told.push(`+${metadata.name}`),
    onDelete: ({ metadata }) => told.push(`-${metadata.name}`),
  });
  await informer.start();
  await waitUntil('the second list', () => told.length === 3);
  expect(told).toEqual(['+a', '-a', '+b']);
});

test('lists again after silence', async () => {
  let lists = 0;
  await using server = await startWatched(
    () => {
      lists += 1;
      return listOf(lists, []);
    },
    () => undefined,
  );
  const errors: unknown[] = [];
  const handlers = { onError: (error: unknown) => errors.push(error) };
  await using informer = await informerOf(server, handlers, { ...QUICK, silenceMs: 40 });
  await informer.start();
  await waitUntil('the second list', () => lists === 2);
  expect(errors[0]).toMatchObject({
    code: 'ERR_KUBERNETES_UNREACHABLE',
    message: expect.stringContaining('nothing came for 40 ms') as string,
  });
});

test('lines may come in any pieces', async () => {
  const bytes = Buffer.from(event('ADDED', configMap('é', 6)) + event('ADDED', configMap('b', 7)));
  await using server = await startWatched(
    () => listOf(5, null),
    (response) => {
      const parts = [...bytes].map((byte) => Buffer.from([byte]));
      const next = (): void => {
        const part = parts.shift();
        if (part) response.write(part, next);
      };
      next();
    },
  );
  await using informer = await informerOf(server);
  await informer.start();
  await waitUntil('both', () => informer.list().length === 2);
  expect(informer.get('é', 'default')).toBeDefined();
});

test('what a handler throws goes to onError, and the rest is told', async () => {
  const told: string[] = [];
  const errors: unknown[] = [];
  await using server = await startWatched(
    () => listOf(5, [configMap('a', 1), configMap('b', 2)]),
    () => undefined,
  );
  await using informer = await informerOf(server, {
    onAdd: ({ metadata }) => {
      told.push(metadata.name);
      throw new Error(metadata.name);
    },
    onError: (error) => errors.push(error),
  });
  await informer.start();
  expect(told).toEqual(['a', 'b']);
  expect(errors).toEqual([new Error('a'), new Error('b')]);
});

test('waits for what may not be read, or is not there yet, and says so', async () => {
  const errors: unknown[] = [];
  let isThere = false;
  await using server = await startApiServer((request, response) => {
    if (!isThere) sendJson(response, statusOf(403, 'Forbidden', 'may not list'), 403);
    else if (request.url?.includes('watch') === true) response.writeHead(200).flushHeaders();
    else sendJson(response, listOf(1, [configMap('a', 1)]));
  });
  await using informer = await informerOf(server, { onError: (error) => errors.push(error) });
  const started = informer.start();
  await waitUntil('two refusals', () => errors.length >= 2);
  expect(errors[0]).toMatchObject({ code: 'ERR_KUBERNETES_FORBIDDEN' });
  isThere = true;
  await started;
  expect(informer.list()).toHaveLength(1);
});

test('a watch that is ended at once is not asked for without pause', async () => {
  const errors: unknown[] = [];
  await using server = await startWatched(
    () => listOf(5, []),
    (response) => response.end(),
  );
  const handlers = { onError: (error: unknown) => errors.push(error) };
  await using informer = await informerOf(server, handlers, { initialBackOffMs: 60_000 });
  await informer.start();
  await waitUntil('the end of the watch', () => errors.length === 1);
  expect(server.requests).toHaveLength(2);
});

test('stops while it waits for an answer, and start resolves', async () => {
  await using server = await startApiServer(() => undefined);
  await using informer = await informerOf(server);
  const started = informer.start();
  await waitUntil('the request', () => server.requests.length === 1);
  await informer.stop();
  await informer.stop();
  await started;
  expect(informer.list()).toEqual([]);
});

test('keeps of each object, listed or watched, what it is told to keep', async () => {
  await using server = await startWatched(
    () => listOf(5, [configMap('a', 1)]),
    (response) => response.write(event('ADDED', configMap('b', 6))),
  );
  const keep = ({ metadata }: KubernetesObject): KubernetesObject => {
    const { name, resourceVersion = '' } = metadata;
    return { metadata: { name, resourceVersion } };
  };
  await using informer = await informerOf(server, {}, { ...QUICK, keep });
  await informer.start();
  await waitUntil('the second object', () => informer.list().length === 2);
  expect(informer.get('b')).toEqual({ metadata: { name: 'b', resourceVersion: '6' } });
  expect(Object.keys(informer.get('a')?.metadata ?? {})).toEqual(['name', 'resourceVersion']);
});

test('tells each time the watch is under way again', async () => {
  let isRefused = false;
  const watches: ServerResponse[] = [];
  await using server = await startApiServer((request, response) => {
    if (!(request.url ?? '').includes('watch=true')) sendJson(response, listOf(5, []));
    else if (isRefused) sendJson(response, statusOf(403, 'Forbidden', 'no'), 403);
    else {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      watches.push(response);
    }
  });
  const told: string[] = [];
  await using informer = await informerOf(server, {
    onWatching: () => told.push('watching'),
    onError: () => told.push('error'),
  });
  await informer.start();
  await waitUntil('the first watch', () => told.length === 1);
  isRefused = true;
  watches[0]?.end(event('BOOKMARK', { metadata: { resourceVersion: '9' } }));
  await waitUntil('a refusal', () => told.length >= 2);
  isRefused = false;
  await waitUntil('the second watch', () => told.at(-1) === 'watching');
  expect(told[0]).toBe('watching');
  expect(new Set(told.slice(1, -1))).toEqual(new Set(['error']));
});
