import type { IncomingMessage } from 'node:http';
import type { RouteNamer } from './route-namer.ts';

/** A context of Koa, as far as this looks at it. */
export interface KoaContext {
  /** Node's request. */
  readonly req: IncomingMessage;
  /** The pattern that `@koa/router` (and `koa-router`) matched, prefixes included. */
  readonly _matchedRoute?: unknown;
}

/** A middleware of Koa. */
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<void>;

/**
 * Names the route of every request by the pattern that `@koa/router` matched. Use it before the router; requests that
 * match no route keep `unknown`.
 * @example
 * ```ts
 * app.use(nameKoaRoutes(kit));
 * app.use(router.routes());
 * ```
 */
export function nameKoaRoutes(kit: RouteNamer): KoaMiddleware {
  return async (context, next) => {
    try {
      await next();
    } finally {
      const route = context._matchedRoute;
      if (typeof route === 'string' || route instanceof RegExp) {
        kit.setRoute(context.req, String(route));
      }
    }
  };
}
