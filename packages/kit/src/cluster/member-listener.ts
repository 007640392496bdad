import { createServer, type RequestListener } from 'node:http';
import { startListening, type AdminListener } from '../admin/start-listening.ts';

/** Serves the primary's admin thread at a socket that nobody else can reach. Rejects with Node's error. */
export function listenForPrimary(handler: RequestListener, path: string): Promise<AdminListener> {
  // Exclusive: on a child's main thread it would else be the primary that listens.
  return startListening(createServer(handler), { path, exclusive: true });
}
