import type { RequestListener } from 'node:http';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { nameFastifyRoutes } from '../../src/frameworks/fastify.ts';
import { RouteNotes, routesOf } from '../fixtures/named-routes.ts';

test('a route is named by its pattern with all prefixes, a request without one is not', async () => {
  const app = fastify();
  const notes = new RouteNotes();
  nameFastifyRoutes(notes, app);
  app.get('/items/:id', () => 'item');
  app.register(
    (users) => {
      users.get('/:user', () => 'user');
      users.register((orders) => void orders.get('/', () => 'orders'), { prefix: '/:user/orders' });
    },
    { prefix: '/users' },
  );
  await app.ready();
  const handler: RequestListener = (request, response) => {
    app.routing(request, response);
  };
  const paths = ['/items/17?x=y', '/users/ann', '/users/ann/orders', '/nothing'];
  const routes = await routesOf(notes, handler, paths);
  expect(routes).toEqual(['/items/:id', '/users/:user', '/users/:user/orders', 'unknown']);
  await app.close();
});
