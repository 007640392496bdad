import { nameExpressRoutes, type ExpressApplication } from './express.ts';
import { nameFastifyRoutes, type FastifyApplication } from './fastify.ts';
import type { RouteNamer } from './route-namer.ts';

/** An application of NestJS, as far as this looks at it. */
export interface NestApplication {
  /** What Nest runs on. */
  getHttpAdapter(): {
    /** `express` or `fastify`. */
    getType(): string;
    /** Its application. */
    getInstance(): unknown;
  };
}

/**
 * Names the route of every request by the pattern of Nest's controller, global prefix included, on Express and on
 * Fastify. Call it right after `NestFactory.create`, before `listen`, which makes the routes.
 * @example
 * ```ts
 * const app = await NestFactory.create(AppModule);
 * nameNestRoutes(kit, app);
 * kit.attach(app.getHttpServer());
 * ```
 */
export function nameNestRoutes(kit: RouteNamer, app: NestApplication): void {
  const adapter = app.getHttpAdapter();
  const instance = adapter.getInstance();
  if (adapter.getType() === 'fastify') nameFastifyRoutes(kit, instance as FastifyApplication);
  else nameExpressRoutes(kit, instance as ExpressApplication);
}
