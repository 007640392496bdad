import { createServer, type Server } from 'node:https';
import { constants } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import {
  contentTypeOf,
  encodeExposition,
  negotiateFormat,
  type MetricFamily,
} from '@bellows/exposition';
import type { HealthCheck } from '@bellows/core';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Authorizer } from '../auth/authorizer.ts';
import type { KeyedCertificate } from '../registration/certificate.ts';
import type { Log } from '../self/log.ts';
import type { Source } from '../source/source.ts';
import type { Answer } from './answer.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { Documents } from './documents.ts';
import { handleRequest, type RequestHandling, type RequestReport } from './request-handler.ts';
import {
  groupsOf,
  servedGroups,
  type DiscoveryMode,
  type MetricsApiGroup,
} from './served-groups.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './server-limits.ts';
import { refuseBadRequest } from './refuse-bad-request.ts';

/** Options of {@link createMetricsApiServer}. */
export interface MetricsApiServerOptions {
  /** In the order they are asked in; looked at for each request, so that the list may change. The server neither starts nor stops them. */
  readonly sources: readonly Source[];
  /** Finds out who asks. */
  readonly authenticator: Authenticator;
  /** Decides who may. */
  readonly authorizer: Authorizer;
  /** What the server shows of itself, in PEM. */
  readonly certificate: KeyedCertificate;
  /** Address to listen at. @defaultValue all of this machine */
  readonly host?: string;
  /** Port to listen at; 0 is any. @defaultValue 6443 */
  readonly port?: number;
  /** Groups that are served, with or without a source. @defaultValue those that a source has something of */
  readonly groups?: readonly MetricsApiGroup[];
  /** What discovery lists. @defaultValue 'full' */
  readonly discovery?: DiscoveryMode;
  /** Paths that anybody may ask for, besides the probes' ones. @defaultValue none */
  readonly alwaysAllowPaths?: readonly string[];
  /** The server's own metrics, for `/metrics`. @defaultValue none */
  readonly metrics?: () => readonly MetricFamily[];
  /** Further checks of `/readyz`. @defaultValue none */
  readonly readinessChecks?: readonly HealthCheck[];
  /** Told of each request. Must not throw. */
  readonly onRequest?: (report: RequestReport) => void;
  /** Told of mistakes. */
  readonly log: Log;
  /** Such as `1.2.3`, for `/version`. @defaultValue '0.0.0' */
  readonly version?: string;
  /** What is taken of clients. */
  readonly limits?: Partial<ServerLimits>;
  /** How long requests go on being taken after `stop`, while `/readyz` fails, in milliseconds. @defaultValue 0 */
  readonly shutdownDelayMs?: number;
  /** Waits so many milliseconds. @defaultValue by a timer */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** How long requests under way may take after that, in milliseconds. @defaultValue 10000 */
  readonly shutdownGraceMs?: number;
}

/** Where a server listens. */
export interface ListeningPort {
  /** As the system chose it where 0 was asked for. */
  readonly port: number;
}

/** Serves the metrics APIs over TLS. */
export interface MetricsApiServer {
  /** Resolves with the port when it listens. @throws Error of Node when it cannot. */
  start(): Promise<ListeningPort>;
  /** Shows this certificate on new connections. @throws Error of Node for a pair that does not fit; the one before stays. */
  setCertificate(certificate: KeyedCertificate): void;
  /** Lets requests under way end, then closes all. Idempotent. */
  stop(): Promise<void>;
}

/** Makes the server; `start` makes it listen. */
export function createMetricsApiServer(options: MetricsApiServerOptions): MetricsApiServer {
  return new AggregatedServer(options);
}

class AggregatedServer implements MetricsApiServer {
  readonly #options: MetricsApiServerOptions;
  readonly #limits: ServerLimits;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #seenReady = new Set<Source>();
  readonly #openedAtMs = new WeakMap<Socket, number>();
  #stopping: Promise<void> | undefined;
  #isListening = false;

  constructor(options: MetricsApiServerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_SERVER_LIMITS, ...options.limits };
    this.#server = this.#makeServer(this.#handling());
  }

  async start(): Promise<ListeningPort> {
    const { host, port = 6443 } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, ...(host !== undefined && { host }) }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#isListening = true;
    return { port: (this.#server.address() as AddressInfo).port };
  }

  setCertificate(certificate: KeyedCertificate): void {
    this.#server.setSecureContext(secureContext(certificate));
  }

  async stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { shutdownDelayMs = 0, shutdownGraceMs = 10_000 } = this.#options;
    if (!this.#isListening) return;
    if (shutdownDelayMs > 0) await (this.#options.wait ?? sleep)(shutdownDelayMs);
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    const end = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, shutdownGraceMs);
    await closed;
    clearTimeout(end);
    for (const socket of this.#sockets) socket.destroy();
  }

  #makeServer(handling: RequestHandling): Server {
    const { handshakeTimeoutMs: handshakeTimeout, ...limits } = this.#limits;
    const server = createServer(
      {
        ...secureContext(this.#options.certificate),
        // Who the client is gets decided for each purpose by itself; here it only has to be told.
        ...{ requestCert: true, rejectUnauthorized: false, handshakeTimeout },
        maxHeaderSize: limits.maxHeaderBytes,
        headersTimeout: limits.headersTimeoutMs,
        requestTimeout: limits.requestTimeoutMs,
        keepAliveTimeout: limits.idleTimeoutMs,
        connectionsCheckingInterval: 1_000,
      },
      (request, response) => {
        if (this.#isLast(request.socket)) response.setHeader('connection', 'close');
        void handleRequest(request, response, handling);
      },
    );
    server.maxConnections = limits.maxConnections;
    server.timeout = limits.stalledTimeoutMs;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('secureConnection', (socket: TLSSocket) => {
      this.#openedAtMs.set(socket, performance.now());
    });
    server.on('clientError', refuseBadRequest);
    return server;
  }

  #isLast(socket: Socket): boolean {
    if (this.#stopping !== undefined) return true;
    const openedAtMs = this.#openedAtMs.get(socket) ?? Number.NEGATIVE_INFINITY;
    return performance.now() - openedAtMs >= this.#limits.maxConnectionAgeMs;
  }

  #handling(): RequestHandling {
    const { sources, authenticator, authorizer, log, discovery = 'full' } = this.#options;
    const groups = this.#options.groups ?? groupsOf(sources);
    const { alwaysAllowPaths = [], version = '0.0.0', onRequest = () => undefined } = this.#options;
    const probes = { live: [PING], ready: this.#readiness() };
    const documents = new Documents(() => servedGroups(groups, sources, discovery));
    const reads = new ConcurrencyLimit(this.#limits.maxConcurrentReads);
    return {
      gates: { authenticator, authorizer, alwaysAllowPaths, probes },
      targets: {
        sources,
        groups,
        documents,
        reads,
        version,
        metrics: (accept) => this.#metricsPage(accept),
      },
      answerTimeoutMs: this.#limits.answerTimeoutMs,
      maxUrlLength: this.#limits.maxUrlLength,
      ...{ onRequest, log },
    };
  }

  /** A source that was ready once stays so: if it fails now, the others still answer, and so does it, with its error. */
  #readiness(): HealthCheck[] {
    const all = this.#options.sources;
    const sources = all.map((source) => ({
      name: `source-${source.name}`,
      check: () => {
        // What is gone since the start keeps nothing from being answered.
        if (source.isReady() || !all.includes(source)) this.#seenReady.add(source);
        return this.#seenReady.has(source) ? undefined : 'it has not found out yet what it has';
      },
    }));
    const shutdown: HealthCheck = {
      name: 'shutdown',
      check: () => (this.#stopping === undefined ? undefined : 'process is shutting down'),
    };
    const { authenticator, readinessChecks = [] } = this.#options;
    return [PING, ...authenticator.checks, ...sources, ...readinessChecks, shutdown];
  }

  #metricsPage(accept: string): Answer {
    const format = negotiateFormat(accept);
    const body = encodeExposition(this.#options.metrics?.() ?? [], format);
    return { status: 200, contentType: contentTypeOf(format), body };
  }
}

const PING: HealthCheck = { name: 'ping', check: () => undefined };

/** No tickets: a resumed session has no certificate, and none that was verified by today's authorities. */
function secureContext({ certificate, key }: KeyedCertificate): object {
  const secureOptions = constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION;
  // Without a list of ours Node would load all authorities of the web, which are of no use here.
  return { cert: certificate, key, ca: [], minVersion: 'TLSv1.2', secureOptions };
}
