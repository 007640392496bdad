import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { RouteNamer } from './route-namer.ts';

/** A route in Next's `routes-manifest.json`. */
interface NextRoute {
  readonly page: string;
  readonly regex: string;
}

/** The part of Next's `routes-manifest.json` that says which paths there are. */
interface RoutesManifest {
  readonly basePath?: string;
  readonly staticRoutes?: readonly NextRoute[];
  readonly dynamicRoutes?: readonly NextRoute[];
}

/** The `route` of Next's own files, such as scripts and images. */
const ASSETS_ROUTE = '/_next/*';

/**
 * Reads the routes of a built Next.js application and returns a function that names a request's, such as
 * `/items/[id]`; requests that match no route keep `unknown`. Call it with each request before Next's handler.
 * @param distFolder - Where `next build` has put its result: `.next` unless `distDir` says otherwise.
 * @throws Error of node:fs when there is no build.
 * @example
 * ```ts
 * const nameRoute = nameNextRoutes(kit, '.next');
 * const server = createServer((request, response) => {
 *   nameRoute(request);
 *   void handle(request, response);
 * });
 * ```
 */
export function nameNextRoutes(
  kit: RouteNamer,
  distFolder: string,
): (request: IncomingMessage) => void {
  const text = readFileSync(join(distFolder, 'routes-manifest.json'), 'utf8');
  const {
    basePath = '',
    staticRoutes = [],
    dynamicRoutes = [],
  } = JSON.parse(text) as RoutesManifest;
  // Next matches in this order, too: what has no parameters first.
  const routes = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({
    page: basePath + page,
    pattern: new RegExp(regex),
  }));
  return (request) => {
    const path = pathOf(request, basePath);
    if (path === undefined) return;
    const page = path.startsWith('/_next/')
      ? basePath + ASSETS_ROUTE
      : routes.find(({ pattern }) => pattern.test(path))?.page;
    if (page !== undefined) kit.setRoute(request, page);
  };
}

/** The path below the base path; undefined when it is not below it. */
function pathOf({ url = '/' }: IncomingMessage, basePath: string): string | undefined {
  const [path = '/'] = url.split('?', 1);
  if (basePath === '') return path;
  if (path === basePath) return '/';
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
}
