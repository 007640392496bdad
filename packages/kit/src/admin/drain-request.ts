import type { IncomingMessage } from 'node:http';
import type { HealthAnswer } from '@bellows/core';

/** Header of a drain request that comes without a token: no page of a browser can send it to another origin. */
export const DRAIN_HEADER = 'bellows-drain';

const LOOPBACK_PEERS = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** The answer to a drain request. */
export interface DrainAnswer {
  readonly status: HealthAnswer['status'] | 403;
  readonly body: string;
}

/**
 * Answers `/drain`. With a token, whoever shows it as `Authorization: Bearer TOKEN` may drain: the kubelet, whose
 * `preStop` calls come from the node, takes it from `httpHeaders`. Without one only this machine may, by a POST with
 * the header `bellows-drain`. Loopback is 127.0.0.1 and not 127.0.0.6, from which a mesh's proxy passes on what comes
 * from outside.
 * @param token - Empty for none.
 * @param startDrain - Called when the request is granted; answers before the drain has ended.
 */
export function answerDrain(
  request: IncomingMessage,
  token: string,
  startDrain: () => void,
): DrainAnswer {
  const isGranted = token === '' ? isLocal(request) : hasToken(request, token);
  if (!isGranted) return { status: 403, body: 'forbidden\n' };
  startDrain();
  return { status: 200, body: 'draining\n' };
}

function isLocal({ method, socket, headers }: IncomingMessage): boolean {
  const { remoteAddress = '', localAddress } = socket;
  // Whoever comes from the very address that it came to is this pod.
  const isLoopback = LOOPBACK_PEERS.includes(remoteAddress) || remoteAddress === localAddress;
  const isMeant = method === 'POST' && headers[DRAIN_HEADER] !== undefined;
  return isLoopback && isMeant && LOOPBACK_HOST.test(headers.host ?? '');
}

function hasToken({ method, headers }: IncomingMessage, token: string): boolean {
  if (method !== 'GET' && method !== 'POST') return false;
  // Digests, so that neither content nor length shows in the time it takes.
  const { timingSafeEqual } = process.getBuiltinModule('node:crypto');
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  // Loaded by the first caller with a token: most services have none.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(text).digest();
}
