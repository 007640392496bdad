import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdmissionOptions, RequestLimit } from '../limit/limit.ts';
import { admission } from './admission.ts';
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

/** Tells `@hono/node-server` that Node's response has been answered: its `RESPONSE_ALREADY_SENT`. */
const ALREADY_SENT = { 'x-hono-already-sent': 'true' };

/** A middleware of Hono that may answer. */
export type HonoLimitMiddleware = (
  context: HonoContext,
  next: () => Promise<void>,
) => Promise<Response | undefined>;

/**
 * Puts a limit in front of what is used after it, before bodies are read. What it refuses is answered without Hono.
 * Requests that did not come through `@hono/node-server` pass.
 * @example
 * ```ts
 * app.use(limitHonoRequests(kit.limit({ name: 'http' })));
 * ```
 */
export function limitHonoRequests(
  limit: RequestLimit,
  options?: AdmissionOptions,
): HonoLimitMiddleware {
  const middleware = limit.middleware(options);
  return async (context, next) => {
    const { incoming, outgoing } = (context.env ?? {}) as NodeBindings;
    if (incoming !== undefined && outgoing !== undefined) {
      const isAdmitted = await admission((begin) => {
        middleware(incoming, outgoing, begin);
      }, outgoing);
      // A copy, since @hono/node-server writes its own, lighter responses without a look at their headers.
      if (!isAdmitted) return new Response(null, { headers: ALREADY_SENT }).clone();
    }
    await next();
    return undefined;
  };
}

interface NodeBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}
