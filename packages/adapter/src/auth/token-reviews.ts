import { createHash } from 'node:crypto';
import type { KubernetesClient } from '@bellows/kubernetes';
import { refusals } from '../api/refusals.ts';
import type { Log } from '../self/log.ts';
import { Refusal } from '../server/refusal.ts';
import { ReviewCache } from './review-cache.ts';
import type { User } from './user.ts';

const PATH = '/apis/authentication.k8s.io/v1/tokenreviews';

interface TokenReview {
  readonly status?: {
    readonly authenticated?: boolean;
    readonly user?: {
      readonly username?: string;
      readonly uid?: string;
      readonly groups?: readonly string[] | null;
      readonly extra?: Readonly<Record<string, readonly string[]>> | null;
    };
  };
}

/** Knows users by bearer tokens, which the API server looks at. A token itself is kept nowhere. */
export class TokenReviews {
  readonly #client: KubernetesClient;
  readonly #log: Log;
  readonly #ttlMs: number;
  readonly #cache = new ReviewCache<User | undefined>();

  /** @param ttlMs - How long a token that was good is taken for good. */
  constructor(client: KubernetesClient, ttlMs: number, log: Log) {
    this.#client = client;
    this.#log = log;
    this.#ttlMs = ttlMs;
  }

  /** Whose it is; undefined: nobody's. @throws Refusal when that cannot be found out now. */
  async userOf(token: string): Promise<User | undefined> {
    const key = createHash('sha256').update(token).digest('base64');
    try {
      return await this.#cache.read(
        key,
        (signal) => this.#ask(token, signal),
        (user) => (user === undefined ? 0 : this.#ttlMs),
      );
    } catch (error) {
      if (error instanceof Refusal) throw error;
      this.#log('warn', 'cannot have a token reviewed by the API server', { error });
      throw new Refusal(refusals.internal('unable to check the token now'));
    }
  }

  async #ask(token: string, signal: AbortSignal): Promise<User | undefined> {
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
    const { status } = await this.#client.write<TokenReview>('POST', PATH, { body, signal });
    const { username = '', uid, groups, extra } = status?.user ?? {};
    if (status?.authenticated !== true || username === '') return undefined;
    return {
      name: username,
      ...(uid !== undefined && { uid }),
      groups: groups ?? [],
      extra: extra ?? {},
    };
  }
}

/** The token of a request; undefined: none. */
export function bearerTokenOf(rawHeaders: readonly string[]): string | undefined {
  const at = rawHeaders.findIndex(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization',
  );
  if (at < 0) return undefined;
  return /^bearer +(\S+) *$/i.exec(rawHeaders[at + 1] ?? '')?.[1];
}
