import type { RequestListener, Server } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { createKit, type Kit } from '@bellows/kit';
import { nameExpressRoutes } from '@bellows/kit/express';
import { nameFastifyRoutes } from '@bellows/kit/fastify';
import bellowsClient from '@bellows/kit/prom-client';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import express from 'express';
import { fastify, type FastifyInstance } from 'fastify';
import fastifyMetrics from 'fastify-metrics';
import promClient from 'prom-client';
import { countByHand, type PromClientLike } from './count-by-hand.ts';

const require = createRequire(import.meta.url);
const PATH = '/api/items/42';
const ROUTE = '/api/items/:id';
/** 104 bytes. */
const BODY = JSON.stringify({ id: 42, name: 'Item 42', description: 'x'.repeat(61) });

/** Sets a server up that answers one route; metrics are served at `adminPort` or at a path of its own. */
type Contender = (adminPort: number) => Promise<Server>;

/** A way to measure requests, with the server it is added to. */
export interface Measured {
  /** Name of the contender without metrics that it is compared with. */
  readonly base: string;
  /** Where metrics are scraped: at the admin port, or at the server itself. */
  readonly scrapedAt: 'admin' | 'server';
  readonly start: Contender;
}

/** Servers without metrics. */
export const BASES: Readonly<Record<string, Contender>> = {
  'node:http': () => Promise.resolve(createServer(answer)),
  fastify: () => serverOf(fastifyApp()),
  express: () => Promise.resolve(createServer(expressApp())),
};

/** The kit and its peers, each as its README sets it up. */
export const MEASURED: Readonly<Record<string, Measured>> = {
  kit: {
    base: 'node:http',
    scrapedAt: 'admin',
    start: async (adminPort) => {
      const kit = await startKit(adminPort);
      const server = createServer((request, response) => {
        kit.setRoute(request, ROUTE);
        answer(request, response);
      });
      kit.attach(server);
      return server;
    },
  },
  'kit, by hand': {
    base: 'node:http',
    scrapedAt: 'admin',
    start: async (adminPort) => {
      await startKit(adminPort);
      return createServer(countByHand(bellowsClient as unknown as PromClientLike, ROUTE, answer));
    },
  },
  'prom-client, by hand': {
    base: 'node:http',
    scrapedAt: 'server',
    start: () =>
      Promise.resolve(
        createServer(withMetricsPath(countByHand(promClient as PromClientLike, ROUTE, answer))),
      ),
  },
  'prom-client, by hand, with its default metrics': {
    base: 'node:http',
    scrapedAt: 'server',
    start: () => {
      promClient.collectDefaultMetrics();
      const counted = countByHand(promClient, ROUTE, answer);
      return Promise.resolve(createServer(withMetricsPath(counted)));
    },
  },
  '@platformatic/http-metrics': {
    base: 'node:http',
    scrapedAt: 'server',
    start: () => {
      const { Registry } = require('@platformatic/prom-client') as typeof promClient;
      (require('@platformatic/http-metrics') as (registry: object) => void)(new Registry());
      return Promise.resolve(createServer(answer));
    },
  },
  'OpenTelemetry http metrics': {
    base: 'node:http',
    scrapedAt: 'server',
    start: () => {
      const exporter = new PrometheusExporter({ preventServerStart: true });
      const meterProvider = new MeterProvider({ readers: [exporter] });
      const instrumentation = new HttpInstrumentation();
      instrumentation.setMeterProvider(meterProvider);
      instrumentation.enable();
      // What it instruments is what is required from now on.
      const { createServer: create } = require('node:http') as {
        readonly createServer: typeof createServer;
      };
      return Promise.resolve(create(answer));
    },
  },
  'kit, Fastify': {
    base: 'fastify',
    scrapedAt: 'admin',
    start: async (adminPort) => {
      const kit = await startKit(adminPort);
      const app = fastify();
      nameFastifyRoutes(kit, app);
      const server = await serverOf(fastifyApp(app));
      kit.attach(server);
      return server;
    },
  },
  'fastify-metrics': {
    base: 'fastify',
    scrapedAt: 'server',
    start: async () => {
      const app = fastify();
      await app.register(fastifyMetrics.default, { endpoint: '/metrics' });
      return serverOf(fastifyApp(app));
    },
  },
  'kit, Express': {
    base: 'express',
    scrapedAt: 'admin',
    start: async (adminPort) => {
      const kit = await startKit(adminPort);
      const app = express();
      nameExpressRoutes(kit, app as never);
      const server = createServer(expressApp(app));
      kit.attach(server);
      return server;
    },
  },
  'express-prom-bundle': {
    base: 'express',
    scrapedAt: 'server',
    start: async () => {
      const { default: bundle } = await import('express-prom-bundle');
      const app = express();
      app.use(
        bundle({
          includeMethod: true,
          includePath: true,
          promClient: { collectDefaultMetrics: {} },
        }),
      );
      return createServer(expressApp(app));
    },
  },
};

async function startKit(adminPort: number): Promise<Kit> {
  const kit = createKit({ adminPort, adminHost: '127.0.0.1', log: () => undefined });
  await kit.start();
  kit.ready();
  return kit;
}

const answer: RequestListener = (request, response) => {
  if (request.url === PATH) {
    response.setHeader('Content-Type', 'application/json');
    response.end(BODY);
  } else {
    response.writeHead(404).end();
  }
};

function withMetricsPath(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url === '/metrics') {
      void promClient.register.metrics().then((page) => response.end(page));
    } else {
      listener(request, response);
    }
  };
}

function fastifyApp(app: FastifyInstance = fastify()): FastifyInstance {
  app.get(ROUTE, (_request, reply) => reply.type('application/json').send(BODY));
  return app;
}

async function serverOf(app: FastifyInstance): Promise<Server> {
  await app.ready();
  return app.server;
}

function expressApp(app: express.Express = express()): express.Express {
  app.get(ROUTE, (_request, response) => {
    response.type('application/json').send(BODY);
  });
  return app;
}
