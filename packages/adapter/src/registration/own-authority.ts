import { setTimeout as sleep } from 'node:timers/promises';
import { BellowsError } from '@bellows/core';
import {
  apiStatusOf,
  resourcePath,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import type { Log } from '../self/log.ts';
import {
  advanceAuthority,
  bundleOf,
  decodeAuthority,
  encodeAuthority,
  type AuthorityState,
  type SecretData,
} from './authority-state.ts';
import { issueServing, renewAtMs, validityOf, type KeyedCertificate } from './certificate.ts';

/** Where a Secret is. */
export interface SecretReference {
  /** Its namespace. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
}

/** Options of {@link createOwnAuthority}. */
export interface OwnAuthorityOptions {
  /** Reads and writes the Secret. */
  readonly client: KubernetesClient;
  /** The Secret that replicas share; it must be there, and may be empty. */
  readonly secret: SecretReference;
  /** Names that the server is called by; the first is the one the API server verifies. */
  readonly hosts: readonly [string, ...string[]];
  /** Told of each renewal, and of what keeps it from being done. */
  readonly log: Log;
  /** Called with what is to be served and trusted, at the start and after each change. */
  readonly onChange: (serving: ServingCertificate) => void | Promise<void>;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
  /** Time between two looks, in milliseconds. @defaultValue 60000 */
  readonly intervalMs?: number;
}

/** What a server is known by, and what it is verified with. */
export interface ServingCertificate extends KeyedCertificate {
  /** Authorities in PEM. */
  readonly caBundle: string;
  /** End of the certificate, in milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** An authority of our own, shared by all replicas, and a certificate of this one by it. */
export interface OwnAuthority {
  /**
   * Resolves when there is a certificate; then goes on looking.
   *
   * @throws BellowsError of the client, or `ERR_KUBERNETES_NOT_FOUND` with its remedy when there is no Secret.
   */
  start(): Promise<void>;
  /** Looks now. @throws BellowsError as {@link OwnAuthority.start} does. */
  refresh(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

interface Secret extends KubernetesObject {
  readonly data?: SecretData;
}

const INTERVAL_MS = 60_000;
/** A serving certificate is valid for so long, in milliseconds: 90 days. */
const SERVING_LIFE_MS = 90 * 86_400_000;
/** Replicas that start together write at once; each but the first reads what that one wrote. */
const ATTEMPTS = 10;
const RETRY_MS = 50;

/** Makes it; nothing is read or written yet. The authority's key is in the Secret and in memory, and in no file. */
export function createOwnAuthority(options: OwnAuthorityOptions): OwnAuthority {
  return new SharedAuthority(options);
}

class SharedAuthority implements OwnAuthority {
  readonly #options: OwnAuthorityOptions;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #serving: ServingCertificate | undefined;
  #signedBy = '';
  #last: Promise<void> = Promise.resolve();

  constructor(options: OwnAuthorityOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  async start(): Promise<void> {
    await this.refresh();
    this.#timer ??= setInterval(() => {
      this.refresh().catch((error: unknown) => {
        this.#options.log('warn', 'the authority of the serving certificate cannot be kept', {
          error,
        });
      });
    }, this.#options.intervalMs ?? INTERVAL_MS).unref();
  }

  refresh(): Promise<void> {
    const refreshed = this.#last.then(() => this.#refresh());
    this.#last = refreshed.catch(() => undefined);
    return refreshed;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  async #refresh(): Promise<void> {
    const state = await this.#sharedState();
    const caBundle = bundleOf(state);
    const before = this.#serving;
    const isDue =
      before === undefined ||
      this.#signedBy !== state.current.certificate ||
      this.#now() >= renewAtMs(validityOf(before.certificate));
    if (!isDue && before.caBundle === caBundle) return;
    const keyed = isDue ? await this.#issue(state.current) : before;
    const expiresAtMs = validityOf(keyed.certificate).notAfterMs;
    this.#signedBy = state.current.certificate;
    this.#serving = { certificate: keyed.certificate, key: keyed.key, caBundle, expiresAtMs };
    await this.#options.onChange(this.#serving);
    if (isDue) {
      const until = new Date(expiresAtMs).toISOString();
      this.#options.log('info', 'made a serving certificate', { until });
    }
  }

  #issue(authority: KeyedCertificate): Promise<KeyedCertificate> {
    const times = { nowMs: this.#now(), lifeMs: SERVING_LIFE_MS };
    return issueServing(authority, this.#options.hosts, times);
  }

  /** What the Secret holds, brought up to date by whoever is first. */
  async #sharedState(): Promise<AuthorityState> {
    for (let attempt = 1; ; attempt += 1) {
      const secret = await this.#readSecret();
      const found = decodeAuthority(secret.data ?? {});
      const state = await advanceAuthority(found, this.#now());
      if (state === found) return state;
      try {
        const body = { ...secret, data: encodeAuthority(state) };
        await this.#options.client.write('PUT', this.#path(), { body });
        return state;
      } catch (error) {
        if (apiStatusOf(error)?.code !== 409 || attempt >= ATTEMPTS) throw error;
        await sleep(RETRY_MS * attempt * Math.random());
      }
    }
  }

  #path(): string {
    return resourcePath({ apiVersion: 'v1', resource: 'secrets', ...this.#options.secret });
  }

  async #readSecret(): Promise<Secret> {
    try {
      return await this.#options.client.get<Secret>(this.#path());
    } catch (cause) {
      if (apiStatusOf(cause)?.code !== 404) throw cause;
      const { namespace, name } = this.#options.secret;
      throw new BellowsError(
        'ERR_KUBERNETES_NOT_FOUND',
        `there is no Secret ${namespace}/${name} for the authority of the serving certificate`,
        { cause, remedy: `kubectl create secret generic -n ${namespace} ${name}` },
      );
    }
  }
}
