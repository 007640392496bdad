import type { IncomingMessage } from 'node:http';
import { isOwnAnswer, readEnvelope } from './read-envelope.ts';

/** It is a few hundred bytes. */
const MAX_BYTES = 100_000;

/**
 * The version in an answer to `/api/v1/status/buildinfo`; undefined where there is none, as behind a proxy that lets only
 * queries through.
 */
export async function readVersion(response: IncomingMessage): Promise<string | undefined> {
  if (!isOwnAnswer(response)) {
    response.destroy();
    return undefined;
  }
  const data = await readEnvelope(response, MAX_BYTES).catch(() => undefined);
  const { version } = (data ?? {}) as { version?: unknown };
  return typeof version === 'string' ? version : undefined;
}
