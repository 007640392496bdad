import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdmissionOptions, RequestLimit } from '../limit/limit.ts';
import type { RouteNamer } from './route-namer.ts';

/** A Fastify instance, as far as this looks at it. */
export interface FastifyApplication {
  /** Adds a hook that runs once the route is known. */
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequestView, reply: unknown, done: () => void) => void,
  ): unknown;
}

/** A request of Fastify, as far as this looks at it. */
export interface FastifyRequestView {
  /** Node's request. */
  readonly raw: unknown;
  /** `url` is the route's pattern with its prefixes; undefined when there is none. */
  readonly routeOptions?: { readonly url?: string | undefined };
}

/**
 * Names the route of every request by the pattern that Fastify matched, prefixes included. Call it right after
 * `fastify()`; requests that match no route keep `unknown`.
 * @example
 * ```ts
 * const app = fastify();
 * nameFastifyRoutes(kit, app);
 * kit.attach(app.server);
 * ```
 */
export function nameFastifyRoutes(kit: RouteNamer, app: FastifyApplication): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions?.url;
    if (route !== undefined) kit.setRoute(request.raw as IncomingMessage, route);
    done();
  });
}

/** A hook that begins requests, as far as this looks at what it is given. */
export type FastifyLimitHook = (
  request: FastifyRequestView,
  reply: FastifyReplyView,
  done: () => void,
) => void;

/** A reply of Fastify, as far as this looks at it. */
export interface FastifyReplyView {
  /** Node's response. */
  readonly raw: unknown;
}

/**
 * Puts a limit in front of all routes, before bodies are read. What it refuses is answered without Fastify.
 * @example
 * ```ts
 * app.addHook('onRequest', limitFastifyRequests(kit.limit({ name: 'http' })));
 * ```
 */
export function limitFastifyRequests(
  limit: RequestLimit,
  options?: AdmissionOptions,
): FastifyLimitHook {
  const middleware = limit.middleware(options);
  return (request, reply, done) => {
    middleware(request.raw as IncomingMessage, reply.raw as ServerResponse, () => {
      // Fastify takes an argument for an error.
      done();
    });
  };
}
