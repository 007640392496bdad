import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kit, Queue } from '@bellows/kit';
import { busyWait } from './busy-wait.ts';
import { findItem } from './catalogue.ts';
import { BodyTooLargeError, readBody } from './read-body.ts';

/** Options of {@link createShop}. */
export interface ShopOptions {
  /** CPU time of `GET /items/:id`, in milliseconds. */
  readonly itemCpuMs: number;
  /** Time one order takes, in milliseconds: a payment provider that has to be waited for. */
  readonly orderMs: number;
}

/** An order on its way. */
interface Order {
  readonly itemId: number;
}

/** Orders worked on at once in one process. */
const ORDER_WORKERS = 8;

/** Orders that may wait; more are refused, since their customers would have left. */
const MAX_WAITING_ORDERS = 50;

/** Pages that may wait for their turn: a tenth of a second's work, which nobody minds. */
const MAX_WAITING_ITEMS = 100;

const MAX_BODY_BYTES = 16 * 1024;

/**
 * Creates the shop: `GET /items/:id` and `POST /orders`. It counts its requests with the kit and refuses
 * what it has no room for with 503 and `Retry-After`: pages by a limit, orders by their queue.
 */
export function createShop(kit: Kit, { itemCpuMs, orderMs }: ShopOptions): Server {
  const orders = kit.queue<Order>(
    { name: 'orders', concurrency: ORDER_WORKERS, maxLength: MAX_WAITING_ORDERS },
    async (_order, signal) => {
      await sleep(orderMs, undefined, { signal });
    },
  );
  const items = kit.limit({ name: 'items', maxLength: MAX_WAITING_ITEMS });
  const answerItem = items.handler((request, response) => {
    busyWait(itemCpuMs);
    sendItem(response, itemIdOf(request));
  });
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      // The client has gone: nobody to answer, nothing to mend.
      if (response.destroyed) return;
      console.error(error);
      if (!response.headersSent) sendJson(response, 500, { error: 'internal error' });
    });
  });
  kit.attach(server);
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (itemIdOf(request) !== undefined && request.method === 'GET') {
      kit.setRoute(request, '/items/:id');
      answerItem(request, response);
    } else if (path === '/orders' && request.method === 'POST') {
      kit.setRoute(request, '/orders');
      await takeOrder(request, response, orders);
    } else {
      sendJson(response, 404, { error: `no ${request.method ?? ''} ${path} here` });
    }
  }

  async function takeOrder(
    request: IncomingMessage,
    response: ServerResponse,
    queue: Queue<Order>,
  ): Promise<void> {
    try {
      const order = parseOrder(await readBody(request, MAX_BODY_BYTES));
      if (order === undefined) {
        sendJson(response, 400, { error: 'expected a body such as {"item": 7}' });
        return;
      }
      await queue.push(order);
      sendJson(response, 201, { item: order.itemId, status: 'ordered' });
    } catch (error) {
      if (error instanceof BodyTooLargeError) sendJson(response, 413, { error: error.message });
      else if (isCode(error, 'ERR_KIT_QUEUE_FULL')) kit.shed(response, 'queue_full');
      else if (isCode(error, 'ERR_KIT_QUEUE_TIMEOUT')) kit.shed(response, 'queue_timeout');
      else if (isCode(error, 'ERR_KIT_DRAINING')) kit.shed(response, 'draining');
      else throw error;
    }
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** The number of the item that is asked for; undefined when it is something else. */
function itemIdOf(request: IncomingMessage): number | undefined {
  const [, itemId] = /^\/items\/(\d{1,9})$/.exec(pathOf(request)) ?? [];
  return itemId === undefined ? undefined : Number(itemId);
}

function sendItem(response: ServerResponse, itemId = Number.NaN): void {
  const item = findItem(itemId);
  if (item === undefined) sendJson(response, 404, { error: `no item ${itemId}` });
  else sendJson(response, 200, item);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function parseOrder(body: string): Order | undefined {
  try {
    const { item } = JSON.parse(body) as { readonly item?: unknown };
    return typeof item === 'number' && findItem(item) !== undefined ? { itemId: item } : undefined;
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
