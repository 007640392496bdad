import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createKit, type Kit } from '@bellows/kit';
import { machineHas, promtoolComplaints } from '@bellows/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { createShop } from '../src/shop.ts';

let kit: Kit | undefined;
let shop: Server | undefined;

afterEach(async () => {
  shop?.closeAllConnections();
  shop?.close();
  await kit?.stop();
});

async function open(orderMs = 1): Promise<number> {
  kit = createKit({ adminPort: 0, adminHost: '127.0.0.1', signals: [], log: () => undefined });
  await kit.start();
  shop = createShop(kit, { itemCpuMs: 0, orderMs });
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  kit.ready();
  return (shop.address() as AddressInfo).port;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

async function ask(port: number, method: string, path: string, body = ''): Promise<Answer> {
  const sent = request({ port, host: '127.0.0.1', method, path });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks = await response.setEncoding('utf8').toArray();
  const text = chunks.join('');
  return {
    status: response.statusCode,
    headers: response.headers,
    body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
  };
}

describe('the shop', () => {
  test('shows its items', async () => {
    const port = await open();
    expect(await ask(port, 'GET', '/items/7?ref=home')).toMatchObject({
      status: 200,
      body: { id: 7, name: 'Item 7' },
    });
  });

  test.each([
    ['GET', '/items/0'],
    ['GET', '/items/201'],
    ['GET', '/items/seven'],
    ['POST', '/items/7'],
    ['GET', '/orders'],
    ['GET', '/'],
  ])('has nothing at %s %s', async (method, path) => {
    const { status, body } = await ask(await open(), method, path);
    expect(status).toBe(404);
    expect(body).toHaveProperty('error');
  });

  test('takes orders', async () => {
    const port = await open();
    expect(await ask(port, 'POST', '/orders', '{"item": 7}')).toMatchObject({
      status: 201,
      body: { item: 7, status: 'ordered' },
    });
  });

  test.each(['', 'null', '[]', '{"item": 999}', '{"item": "7"}', '{'])(
    'refuses the order %j',
    async (body) => {
      expect((await ask(await open(), 'POST', '/orders', body)).status).toBe(400);
    },
  );

  test('does not read a body without end', async () => {
    const port = await open();
    const { status } = await ask(port, 'POST', '/orders', 'x'.repeat(100_000));
    expect(status).toBe(413);
  });

  test('sheds the orders it has no room for, and says when to come again', async () => {
    const port = await open(300);
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => ask(port, 'POST', '/orders', '{"item": 7}')),
    );
    // 8 are worked on and 50 wait; the others are refused at once.
    const shed = answers.filter(({ status }) => status === 503);
    expect(shed).toHaveLength(70 - 58);
    expect(Number(shed[0]!.headers['retry-after'])).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(58);
  });

  test('counts its requests and has a queue length from the first moment on', async () => {
    const port = await open();
    await ask(port, 'GET', '/items/7');
    const { host, port: adminPort } = kit!.adminAddress!;
    const page = await (await fetch(`http://${host}:${adminPort}/metrics`)).text();
    expect(page).toMatch(/^http_requests_total\{.*route="\/items\/:id".*\} 1$/m);
    expect(page).toMatch(/^queue_length\{queue="orders"\} 0$/m);
  });
});

if (machineHas('prometheus')) {
  test('promtool has nothing to say against the metrics of the shop', async () => {
    const port = await open();
    await ask(port, 'GET', '/items/7');
    await ask(port, 'POST', '/orders', '{"item":7}');
    await ask(port, 'GET', '/nowhere');
    const page = await fetch(`http://127.0.0.1:${String(kit!.adminAddress!.port)}/metrics`);
    const text = await page.text();
    expect(promtoolComplaints(text)).toBe('');
    expect(text).toContain('http_requests_total{method="GET",route="/items/:id",code="200"} 1');
    expect(text).toContain('queue_length{queue="orders"} 0');
  });
}
