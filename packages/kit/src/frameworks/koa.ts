import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdmissionOptions, RequestLimit } from '../limit/limit.ts';
import { admission } from './admission.ts';
import type { RouteNamer } from './route-namer.ts';

/** A context of Koa, as far as this looks at it. */
export interface KoaContext {
  /** Node's request. */
  readonly req: IncomingMessage;
  /** Node's response. */
  readonly res: ServerResponse;
  /** Whether Koa answers. */
  respond?: boolean | undefined;
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

/**
 * Puts a limit in front of what is used after it, before bodies are read. What it refuses is answered without Koa.
 * @example
 * ```ts
 * app.use(limitKoaRequests(kit.limit({ name: 'http' })));
 * ```
 */
export function limitKoaRequests(limit: RequestLimit, options?: AdmissionOptions): KoaMiddleware {
  const middleware = limit.middleware(options);
  return async (context, next) => {
    const { req, res } = context;
    const isAdmitted = await admission((begin) => {
      middleware(req, res, begin);
    }, res);
    if (isAdmitted) await next();
    else context.respond = false;
  };
}
