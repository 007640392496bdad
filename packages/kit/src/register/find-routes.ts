import { subscribe } from 'node:diagnostics_channel';
import nodeModule from 'node:module';
import { nameExpressRoutes, type ExpressApplication } from '../frameworks/express.ts';
import { nameFastifyRoutes, type FastifyApplication } from '../frameworks/fastify.ts';
import type { RouteNamer } from '../frameworks/route-namer.ts';

/** The part of `node:module` that every CommonJS module is loaded by, `import` of one included. */
interface ModuleLoader {
  _load: (this: unknown, ...given: unknown[]) => unknown;
}

/** Frameworks that were found so far. */
export type FoundFrameworks = ReadonlySet<'Express' | 'Fastify'>;

/**
 * Names the routes of every Express and Fastify application that is made from now on.
 *
 * Fastify tells of each instance (`fastify.initialization`). Express tells nothing, so its module is met as it is
 * loaded, by its shape, whatever name it is installed under. A bundle that contains Express is not seen.
 */
export function findRoutes(namer: RouteNamer): FoundFrameworks {
  const found = new Set<'Express' | 'Fastify'>();
  subscribe('fastify.initialization', (message) => {
    found.add('Fastify');
    nameFastifyRoutes(namer, (message as { readonly fastify: FastifyApplication }).fastify);
  });
  const loader = nodeModule as unknown as ModuleLoader;
  const load = loader._load;
  const met = new WeakSet();
  loader._load = function (...given) {
    const exported = load.apply(this, given);
    if (isExpress(exported) && !met.has(exported)) {
      met.add(exported);
      found.add('Express');
      // Its routers share what they have their methods from, so that any application leads there.
      nameExpressRoutes(namer, exported());
    }
    return exported;
  };
  return found;
}

function isExpress(exported: unknown): exported is () => ExpressApplication {
  return (
    typeof exported === 'function' &&
    Object.hasOwn(exported, 'application') &&
    Object.hasOwn(exported, 'Router') &&
    Object.hasOwn(exported, 'Route')
  );
}
