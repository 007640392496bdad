import type { IncomingMessage } from 'node:http';

/** What a framework's adapter uses of the kit. */
export interface RouteNamer {
  /** Names the request's route, as a pattern such as `/items/:id`. */
  setRoute(request: IncomingMessage, route: string): void;
}
