import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { machineHas } from '@bellows/testkit';
import { startPostgres } from '../fixtures/databases.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { serve } from '../fixtures/serve.ts';

/** The JavaScript of a guide, all of it as one program. */
function programOf(guide: string): string {
  const text = readFileSync(
    new URL(`../../../../docs/guides/${guide}.md`, import.meta.url),
    'utf8',
  );
  return [...text.matchAll(/```js\n([^]+?)```/g)].map(([, code]) => code).join('\n');
}

/** Runs a guide's program with what it takes for granted; what it creates by `createServer` listens. */
async function follow(guide: string, given: Record<string, unknown>): Promise<number[]> {
  const names = ['createServer', ...Object.keys(given)];
  const source = `export default async ({ ${names.join(', ')} }) => { ${programOf(guide)} };`;
  const { default: program } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`
  )) as { default: (given: Record<string, unknown>) => Promise<void> };
  const servers: Server[] = [];
  const create = (handler: RequestListener): Server => {
    const server = createServer(handler).listen(0, '127.0.0.1').unref();
    server.on('connection', (socket) => socket.unref());
    servers.push(server);
    return server;
  };
  await program({ createServer: create, ...given });
  return Promise.all(
    servers.map(async (server) => {
      if (!server.listening) await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
}

// What needs no database is run with all other pages' code, by scripts/test/docs-code.test.ts.
test.runIf(machineHas('postgresql'))(
  'the guide to pools does what it says',
  async () => {
    await using database = await startPostgres(50);
    await using upstream = await serve(() => (_request, response) => response.end('7 in stock'));
    await using served = await serve();
    const [queried, shop] = await follow('pools-and-timeouts', {
      kit: served.kit,
      pg,
      connection: { host: '127.0.0.1', port: database.port, user: 'postgres' },
      stockUrl: `http://127.0.0.1:${upstream.port}/`,
    });
    expect((await fetchText(queried!, '/')).body).toBe('[{"one":1}]');
    expect((await fetchText(shop!, '/')).body).toBe('7 in stock');
    expect(await served.metrics()).toContain('pool_warnings{pool="main"} 0');
    expect(await served.kit.drain()).toMatchObject({ aborted: 0, failedClosers: [] });
  },
  180_000,
);
