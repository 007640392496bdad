import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { Express as TypedApplication } from 'express';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { nameExpressRoutes, type ExpressApplication } from '../../src/frameworks/express.ts';
import { RouteNotes, routesOf } from '../fixtures/named-routes.ts';

type Handler = (
  request: { readonly params: Record<string, string> },
  response: { end: (text?: string) => void },
  next: (error?: Error) => void,
) => void;

interface App extends ExpressApplication {
  (request: unknown, response: unknown): void;
  use(...given: unknown[]): void;
  get(path: string | RegExp | string[], ...handlers: Handler[]): void;
  all(path: string, ...handlers: Handler[]): void;
}

type Express = (() => App) & { readonly Router: (options?: object) => App };

const answer: Handler = (_request, response) => {
  response.end('ok');
};

describe.each(['express-4', 'express'])('with the package %s', (name) => {
  /** A copy of its own, since the routers of a copy are followed once. */
  function freshExpress(): Express {
    const require = createRequire(import.meta.url);
    for (const file of Object.keys(require.cache)) Reflect.deleteProperty(require.cache, file);
    return require(name) as Express;
  }

  function build(fill: (app: App, express: Express) => void): {
    notes: RouteNotes;
    handler: RequestListener;
  } {
    const express = freshExpress();
    const app = express();
    const notes = new RouteNotes();
    nameExpressRoutes(notes, app);
    fill(app, express);
    return { notes, handler: app };
  }

  test('a route is named by its pattern, a request without one is not', async () => {
    const { notes, handler } = build((app) => {
      app.get('/', answer);
      app.get('/items/:id', answer);
    });
    const routes = await routesOf(notes, handler, ['/', '/items/17?a=b', '/nothing']);
    expect(routes).toEqual(['/', '/items/:id', 'unknown']);
  });

  test('a mount is named by its pattern and not by the ids in baseUrl', async () => {
    const { notes, handler } = build((app, express) => {
      const orders = express.Router({ mergeParams: true });
      orders.get('/', answer);
      orders.get('/:order', answer);
      const users = express.Router();
      users.use('/:user/orders', orders);
      users.get('/:user', answer);
      app.use('/api/users', users);
    });
    const paths = ['/api/users/ann', '/api/users/ann/orders', '/api/users/bob/orders/9'];
    expect(await routesOf(notes, handler, paths)).toEqual([
      '/api/users/:user',
      '/api/users/:user/orders',
      '/api/users/:user/orders/:order',
    ]);
  });

  test('of two mounts that match the same path each names its own', async () => {
    const { notes, handler } = build((app, express) => {
      const first = express.Router();
      first.get('/only-here', answer);
      const second = express.Router();
      second.get('/and-here', answer);
      app.use('/:tenant', first);
      app.use('/acme', second);
    });
    const routes = await routesOf(notes, handler, ['/acme/only-here', '/acme/and-here']);
    expect(routes).toEqual(['/:tenant/only-here', '/acme/and-here']);
  });

  test('an application that is mounted, a list of paths and a regular expression have patterns', async () => {
    const { notes, handler } = build((app, express) => {
      const admin = express();
      admin.get('/:page', answer);
      app.use('/admin', admin);
      app.get(['/a', '/b'], answer);
      app.get(/^\/v[0-9]+$/, answer);
    });
    expect(await routesOf(notes, handler, ['/admin/home', '/b', '/v2'])).toEqual([
      '/admin/:page',
      '/a,/b',
      String(/^\/v[0-9]+$/),
    ]);
  });

  test('the handler that answers gives the name, also when another passed the request on', async () => {
    const { notes, handler } = build((app) => {
      app.get('/items/:id', (_request, _response, next) => {
        next();
      });
      app.get('/items/17', answer);
    });
    expect(await routesOf(notes, handler, ['/items/17'])).toEqual(['/items/17']);
  });

  test('middlewares with and without a path, and handlers of errors, run as before', async () => {
    const seen: string[] = [];
    const { notes, handler } = build((app) => {
      app.use((_request: unknown, _response: unknown, next: () => void) => {
        seen.push('all');
        next();
      });
      app.use('/items', (_request: unknown, _response: unknown, next: () => void) => {
        seen.push('items');
        next();
      });
      app.get('/items/:id', () => {
        throw new Error('broken');
      });
      app.use('/items', (...[, , response]: [Error, unknown, { end: () => void }, unknown]) => {
        seen.push('never: a rest parameter takes no argument');
        response.end();
      });
      const onError = (
        error: Error,
        _request: unknown,
        response: { end: (text: string) => void },
        _next: unknown,
      ): void => {
        seen.push(error.message);
        response.end('failed');
      };
      app.use('/items', onError);
    });
    expect(await routesOf(notes, handler, ['/items/3'])).toEqual(['/items/:id']);
    expect(seen).toEqual(['all', 'items', 'broken']);
  });
});

test("an application is taken as Express' own types have it", () => {
  expectTypeOf<TypedApplication>().toExtend<ExpressApplication>();
});
