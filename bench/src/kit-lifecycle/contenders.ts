import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { createKit } from '@bellows/kit';
import { answer, createApp, listen, serveReadiness } from './app-server.ts';
import type { Protocol } from './scenario.ts';

/** Where a replica serves, and where it tells of its health. */
export interface ReplicaAddress {
  readonly port: number;
  readonly probePort: number;
  readonly livePath: string;
  readonly readyPath: string;
}

/** Variable with the address of the packed kit's main module. */
export const PACKED_KIT = 'BELLOWS_BENCH_PACKED_KIT';

/** Starts the service with one library around it. */
type Contender = (protocol: Protocol) => Promise<ReplicaAddress>;

/** The delay that the libraries' READMEs give for Kubernetes. */
const README_DELAY_MS = 5_000;

const require = createRequire(import.meta.url);

/** The kit and its peers, with the settings their READMEs give for Kubernetes; those without any sleep first. */
export const CONTENDERS: Readonly<Record<string, Contender>> = {
  // Its delay is above the router's period of 1 s, and below the 5 s of the others.
  kit: async (protocol) => {
    const { createKit: create } = await importKit();
    const kit = create({
      adminPort: 0,
      adminHost: '127.0.0.1',
      drainDelaySeconds: 2,
      exitOnSignal: true,
      log: () => undefined,
    });
    const server = createApp(protocol);
    kit.attach(server);
    await kit.start();
    const port = await listen(server);
    kit.ready();
    const { port: probePort } = kit.adminAddress ?? { port: 0 };
    return { port, probePort, livePath: '/livez', readyPath: '/readyz' };
  },
  'express-register': () =>
    underRegister(async () => {
      const express = require('express') as () => { use(handler: RequestListener): void } & {
        listen(port: number, host: string): Server;
      };
      const app = express();
      app.use(answer);
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  'fastify-register': () =>
    underRegister(async () => {
      const { fastify } = await import('fastify');
      const app = fastify();
      app.all('/*', (request, reply) => {
        reply.hijack();
        answer(request.raw, reply.raw);
      });
      await app.listen({ port: 0, host: '127.0.0.1' });
      return app.server;
    }),
  bare: async (protocol) => {
    const port = await listen(createApp(protocol));
    return { port, probePort: port, livePath: '/', readyPath: '/' };
  },
  native: (protocol) =>
    withSignal(protocol, async (server) => {
      await pause(README_DELAY_MS);
      server.close();
    }),
  stoppable: (protocol) => {
    const stoppable = require('stoppable') as (server: Server) => {
      stop: (callback: () => void) => void;
    };
    const wrap = (server: Server): void => void stoppable(server);
    return withSignal(
      protocol,
      (server) => {
        const { stop } = server as unknown as { stop: (callback: () => void) => void };
        return new Promise((resolve) => {
          stop.call(server, resolve);
        });
      },
      wrap,
    );
  },
  'http-terminator': async (protocol) => {
    const { createHttpTerminator } = await import('http-terminator');
    return withSignal(protocol, async (server) => {
      await pause(README_DELAY_MS);
      await createHttpTerminator({ server, gracefulTerminationTimeout: 10_000 }).terminate();
    });
  },
  terminus: async (protocol) => {
    const { createTerminus } = await import('@godaddy/terminus');
    const server = createApp(protocol);
    let isReady = true;
    const healthy = (): Promise<void> => Promise.resolve();
    createTerminus(server, {
      healthChecks: { '/live': healthy, '/ready': healthy },
      useExit0: true,
      beforeShutdown: () => {
        isReady = false;
        return pause(README_DELAY_MS);
      },
      logger: () => undefined,
    });
    const port = await listen(server);
    const probePort = protocol === 'http' ? port : await serveReadiness(() => isReady);
    return { port, probePort, livePath: '/live', readyPath: '/ready' };
  },
  lightship: async (protocol) => {
    const { createLightship } = await import('lightship');
    const lightship = await createLightship({ detectKubernetes: false, port: 0 });
    const server = createApp(protocol);
    const port = await listen(server);
    const { createHttpTerminator } = await import('http-terminator');
    const terminator = createHttpTerminator({ server });
    lightship.registerShutdownHandler(() => terminator.terminate());
    lightship.signalReady();
    const { port: probePort } = lightship.server.address() as { port: number };
    return { port, probePort, livePath: '/live', readyPath: '/ready' };
  },
  'http-graceful-shutdown': async (protocol) => {
    const { default: gracefulShutdown } = await import('http-graceful-shutdown');
    const server = createApp(protocol);
    let isReady = true;
    gracefulShutdown(server, {
      preShutdown: () => {
        isReady = false;
        return Promise.resolve();
      },
    });
    const port = await listen(server);
    const probePort = await serveReadiness(() => isReady);
    return { port, probePort, livePath: '/live', readyPath: '/ready' };
  },
  'close-with-grace': async (protocol) => {
    const closeWithGrace = require('close-with-grace') as (closer: () => Promise<void>) => void;
    const { fastify } = await import('fastify');
    const app = fastify({
      serverFactory: (handler) => {
        const server = createApp(protocol);
        server.removeAllListeners('request');
        return server.on('request', handler);
      },
    });
    app.all('/*', (request, reply) => {
      reply.hijack();
      answer(request.raw, reply.raw);
    });
    let isReady = true;
    closeWithGrace(async () => {
      isReady = false;
      await app.close();
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const probePort = await serveReadiness(() => isReady);
    return { port, probePort, livePath: '/live', readyPath: '/ready' };
  },
  'under-pressure': async () => {
    const { fastify } = await import('fastify');
    const { default: underPressure } = await import('@fastify/under-pressure');
    const app = fastify({
      serverFactory: (handler) => {
        const server = createApp('http');
        server.removeAllListeners('request');
        return server.on('request', (request, response) => {
          if (request.url === '/status') handler(request, response);
          else answer(request, response);
        });
      },
    });
    await app.register(underPressure, { exposeStatusRoute: '/status', maxEventLoopDelay: 1_000 });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    return { port, probePort: port, livePath: '/status', readyPath: '/status' };
  },
  'graceful-server': async (protocol) => {
    const { default: createGracefulServer } = await import('@gquittet/graceful-server');
    const server = createApp(protocol);
    const graceful = createGracefulServer(server, { kubernetes: true });
    const port = await listen(server);
    graceful.setReady();
    const probePort = protocol === 'http' ? port : await serveReadiness(() => graceful.isReady());
    return { port, probePort, livePath: '/live', readyPath: '/ready' };
  },
};

/** A service that knows nothing of the kit; its settings are the same, as variables. */
async function underRegister(listenAlone: () => Promise<Server>): Promise<ReplicaAddress> {
  Object.assign(process.env, {
    BELLOWS_ADMIN_PORT: '0',
    BELLOWS_ADMIN_HOST: '127.0.0.1',
    BELLOWS_DRAIN_DELAY_SECONDS: '2',
  });
  const { kit } = await import('@bellows/kit/register');
  const server = await listenAlone();
  while (kit.phase !== 'ready') await pause(10);
  const { port } = server.address() as AddressInfo;
  const { port: probePort } = kit.adminAddress ?? { port: 0 };
  return { port, probePort, livePath: '/livez', readyPath: '/readyz' };
}

interface KitModule {
  readonly createKit: typeof createKit;
}

/** The kit of this repository, or the one that is published where a benchmark has packed it. */
async function importKit(): Promise<KitModule> {
  const packed = process.env[PACKED_KIT];
  if (packed === undefined) return import('@bellows/kit');
  return (await import(packed)) as KitModule;
}

/** A service whose readiness and signal are its own affair, as where a library only stops a server. */
async function withSignal(
  protocol: Protocol,
  stop: (server: Server) => Promise<void>,
  wrap: (server: Server) => void = () => undefined,
): Promise<ReplicaAddress> {
  const server = createApp(protocol);
  wrap(server);
  let isReady = true;
  process.once('SIGTERM', () => {
    isReady = false;
    server.once('close', () => process.exit());
    void stop(server);
  });
  const port = await listen(server);
  const probePort = await serveReadiness(() => isReady);
  return { port, probePort, livePath: '/live', readyPath: '/ready' };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
