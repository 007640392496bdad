import type { IncomingMessage } from 'node:http';
import type { RouteNamer } from './route-namer.ts';

/** On a request: the pattern that each real base path came from. */
const BASES: unique symbol = Symbol('bellows.bases');
/** On a request: the real base path with which it entered each router. */
const ENTRIES: unique symbol = Symbol('bellows.entries');
const FOLLOWED: unique symbol = Symbol.for('bellows.router');

/** A request as Express' router sees it. */
type RoutedRequest = IncomingMessage & {
  /** What the mounts so far have matched: a real path such as `/users/17`, no pattern. */
  readonly baseUrl?: string;
  [BASES]?: Map<string, string>;
  [ENTRIES]?: Map<Router, string>;
};

type LayerHandler = (this: Layer, request: RoutedRequest, ...rest: unknown[]) => unknown;

/** One entry of a router's stack. Express 4 calls the method `handle_request`, Express 5 `handleRequest`. */
interface Layer {
  handle_request?: LayerHandler;
  handleRequest?: LayerHandler;
  /** There when the entry is a route and not a mount or a middleware. */
  readonly route?: { readonly path: unknown };
}

interface Router {
  readonly stack: readonly Layer[];
}

/** What all routers of one copy of Express share. */
export interface RouterPrototype {
  use: (this: Router, ...given: unknown[]) => unknown;
  route: (this: Router, ...given: unknown[]) => unknown;
  handle: (this: Router, request: RoutedRequest, ...rest: unknown[]) => unknown;
  [FOLLOWED]?: true;
}

/**
 * Makes every router of this copy of Express name the routes it finds. Express keeps a mount's pattern nowhere and
 * `baseUrl` holds real ids, hence the pattern is noted when the mount is made: routers that are filled before this
 * call name only what is not below a mount with parameters.
 * A second call does nothing.
 */
export function followRouter(prototype: RouterPrototype, namer: RouteNamer): void {
  if (prototype[FOLLOWED] === true) return;
  prototype[FOLLOWED] = true;
  const { use, route, handle } = prototype;
  prototype.handle = function (request, ...rest) {
    const { [ENTRIES]: entries = new Map<Router, string>() } = request;
    request[ENTRIES] = entries;
    entries.set(this, request.baseUrl ?? '');
    return handle.call(this, request, ...rest);
  };
  prototype.use = function (...given) {
    const before = this.stack.length;
    const result = use.apply(this, given);
    const pattern = patternOf(isHandler(given[0]) ? '/' : given[0]);
    if (pattern === '/') return result;
    for (const layer of this.stack.slice(before)) {
      beforeHandling(layer, (request) => {
        enterMount(request, this, pattern);
      });
    }
    return result;
  };
  prototype.route = function (...given) {
    const result = route.apply(this, given);
    const layer = this.stack.at(-1);
    if (layer?.route !== undefined) {
      const pattern = patternOf(layer.route.path);
      beforeHandling(layer, (request) => {
        const base = baseOf(request, request.baseUrl ?? '');
        if (base !== undefined) namer.setRoute(request, join(base, pattern));
      });
    }
    return result;
  };
}

/** Runs `action` whenever this entry takes a request; its handler stays the function that it is. */
function beforeHandling(layer: Layer, action: (request: RoutedRequest) => void): void {
  const method = layer.handleRequest === undefined ? 'handle_request' : 'handleRequest';
  const handle = layer[method];
  if (handle === undefined) return;
  layer[method] = function (request, ...rest) {
    action(request);
    return handle.call(this, request, ...rest);
  };
}

/** Notes which pattern the real base path of a request, as it is behind this mount, came from. */
function enterMount(request: RoutedRequest, router: Router, pattern: string): void {
  const parent = baseOf(request, request[ENTRIES]?.get(router) ?? '');
  if (parent === undefined) return;
  const { [BASES]: bases = new Map<string, string>() } = request;
  request[BASES] = bases;
  bases.set(request.baseUrl ?? '', join(parent, pattern));
}

/** The pattern of a real base path; undefined when its mount was not seen. */
function baseOf(request: RoutedRequest, baseUrl: string): string | undefined {
  return baseUrl === '' ? '' : request[BASES]?.get(baseUrl);
}

function patternOf(path: unknown): string {
  if (Array.isArray(path)) return path.every(isHandler) ? '/' : path.map(patternOf).join(',');
  return typeof path === 'string' ? path : String(path);
}

function isHandler(value: unknown): boolean {
  return typeof value === 'function' || (Array.isArray(value) && value.every(isHandler));
}

function join(base: string, path: string): string {
  if (path === '/' && base !== '') return base;
  return path.startsWith('/') || base === '' ? base + path : `${base}/${path}`;
}
