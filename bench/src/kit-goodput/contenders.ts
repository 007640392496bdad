import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import underPressure from '@fastify/under-pressure';
import { createKit } from '@bellows/kit';
import express from 'express';
import { fastify } from 'fastify';
import { spin } from './spin.ts';

/** Sets up a server whose one answer costs so many steps, and which does or does not refuse what is too much. */
type Contender = (steps: number) => Promise<Server>;

const BODY = JSON.stringify({ id: 42, name: 'Item 42' });

/** The kit and its peers, each as its README sets it up; the limit as it is without options. */
export const CONTENDERS: Readonly<Record<string, Contender>> = {
  kit: async (steps) => {
    const kit = createKit({ adminPort: 0, adminHost: '127.0.0.1', log: () => undefined });
    const limit = kit.limit({ name: 'http' });
    const server = createServer(
      limit.handler((_request, response) => {
        spin(steps);
        response.setHeader('Content-Type', 'application/json');
        response.end(BODY);
      }),
    );
    kit.attach(server);
    await kit.start();
    kit.ready();
    return server;
  },
  'node:http': (steps) =>
    Promise.resolve(
      createServer((_request, response) => {
        spin(steps);
        response.setHeader('Content-Type', 'application/json');
        response.end(BODY);
      }),
    ),
  express: (steps) => Promise.resolve(createServer(expressApp(steps))),
  'express + toobusy-js': (steps) => {
    const toobusy = createRequire(import.meta.url)('toobusy-js') as () => boolean;
    const app = express();
    app.use((_request, response, next) => {
      if (toobusy()) response.status(503).set('Retry-After', '1').send('too busy');
      else next();
    });
    app.use(expressApp(steps));
    return Promise.resolve(createServer(app));
  },
  '@fastify/under-pressure': async (steps) => {
    const app = fastify();
    await app.register(underPressure, {
      maxEventLoopDelay: 1000,
      maxHeapUsedBytes: 1e9,
      maxRssBytes: 1e9,
      maxEventLoopUtilization: 0.98,
      retryAfter: 50,
    });
    app.get('/items/42', (_request, reply) => {
      spin(steps);
      return reply.type('application/json').send(BODY);
    });
    await app.ready();
    return app.server;
  },
};

function expressApp(steps: number): express.Express {
  const app = express();
  app.get('/items/42', (_request, response) => {
    spin(steps);
    response.type('json').send(BODY);
  });
  return app;
}
