import type { IncomingMessage } from 'node:http';
import type { RouteNamer } from './route-namer.ts';

/** A context of Hono on `@hono/node-server`, as far as this looks at it. */
export interface HonoContext {
  /** Holds Node's request as `incoming`. */
  readonly env: unknown;
  /** Hono's request. */
  readonly req: {
    /** Middlewares and handlers that matched, in order. */
    readonly matchedRoutes: readonly HonoRoute[];
  };
}

/** A middleware or handler of Hono that matched. */
export interface HonoRoute {
  /** Pattern with its base paths. */
  readonly path: string;
  /** `ALL` for a middleware. */
  readonly method: string;
}

/** A middleware of Hono. */
export type HonoMiddleware = (context: HonoContext, next: () => Promise<void>) => Promise<void>;

const ANY_METHOD = 'ALL';

/**
 * Names the route of every request by the pattern that Hono matched. Use it first; requests that match no route keep
 * `unknown`. A handler made with `app.all` counts unless its pattern ends in `*`, as those of middlewares do.
 * @example
 * ```ts
 * const app = new Hono();
 * app.use(nameHonoRoutes(kit));
 * ```
 */
export function nameHonoRoutes(kit: RouteNamer): HonoMiddleware {
  return (context, next) => {
    const { incoming } = (context.env ?? {}) as { readonly incoming?: IncomingMessage };
    const handlers = context.req.matchedRoutes.filter(
      ({ method, path }) => method !== ANY_METHOD || !path.endsWith('*'),
    );
    const route = handlers.at(-1)?.path;
    if (incoming !== undefined && route !== undefined) kit.setRoute(incoming, route);
    return next();
  };
}
