import { followRouter, type RouterPrototype } from './express-router.ts';
import type { RouteNamer } from './route-namer.ts';

/** An Express application, of version 4 or 5, as far as this looks at it. */
export interface ExpressApplication {
  /** Mounts a middleware or a router. */
  use(...given: never[]): unknown;
  /** Makes Express 4's router; Express 5 makes it by itself. */
  readonly lazyrouter?: () => void;
}

/**
 * Names the route of every request by the pattern that Express matched, mounts included: `/users/:id/orders`. Call
 * it right after `express()`, before anything is mounted. It holds for all applications and routers of that copy of
 * Express; requests that match no route keep `unknown`.
 * @example
 * ```ts
 * const app = express();
 * nameExpressRoutes(kit, app);
 * ```
 */
export function nameExpressRoutes(kit: RouteNamer, app: ExpressApplication): void {
  const prototype = routerPrototypeOf(app);
  if (prototype !== undefined) followRouter(prototype, kit);
}

/** What the application's router has its methods from: Express 4 keeps it as `_router`, Express 5 as `router`. */
function routerPrototypeOf(app: ExpressApplication): RouterPrototype | undefined {
  app.lazyrouter?.();
  // In Express 4 `router` is a getter that throws.
  const name = app.lazyrouter === undefined ? 'router' : '_router';
  let owner: unknown = (app as object as Readonly<Record<string, unknown>>)[name];
  while (owner !== null && owner !== undefined && !Object.hasOwn(owner, 'use')) {
    owner = Object.getPrototypeOf(owner);
  }
  return (owner ?? undefined) as RouterPrototype | undefined;
}
