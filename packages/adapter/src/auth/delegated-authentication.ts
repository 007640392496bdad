import type { X509Certificate } from 'node:crypto';
import { BellowsError, type HealthCheck } from '@bellows/core';
import type { KubernetesClient } from '@bellows/kubernetes';
import { createRepeatedWork, type RepeatedWork } from '../loop/repeated-work.ts';
import { RotatingFile } from '../prometheus/rotating-file.ts';
import type { Log } from '../self/log.ts';
import { readAuthenticationConfig, type AuthenticationConfig } from './authentication-config.ts';
import { AuthenticationWatch } from './authentication-watch.ts';
import type { Authenticator, Credentials } from './authenticator.ts';
import { frontProxyUser } from './front-proxy.ts';
import { subjectNames } from './subject-names.ts';
import { bearerTokenOf, TokenReviews } from './token-reviews.ts';
import { ANONYMOUS, authenticated, type User } from './user.ts';

/** Options of {@link createDelegatedAuthentication}; named after the flags of Kubernetes' aggregated API servers. */
export interface DelegatedAuthenticationOptions {
  /** Asks the API server; it needs the right to create TokenReviews and to read one ConfigMap in `kube-system`. */
  readonly client: KubernetesClient;
  /** Told of what cannot be read. */
  readonly log: Log;
  /** File with authorities of users' certificates. @defaultValue as the ConfigMap says */
  readonly clientCaFile?: string;
  /** File with authorities of the front proxy's certificate; its other options count with it only. @defaultValue as the ConfigMap says */
  readonly requestHeaderClientCaFile?: string;
  /** Common names of the front proxy. @defaultValue any */
  readonly requestHeaderAllowedNames?: readonly string[];
  /** @defaultValue X-Remote-User */
  readonly requestHeaderUsernameHeaders?: readonly string[];
  /** @defaultValue none */
  readonly requestHeaderUidHeaders?: readonly string[];
  /** @defaultValue X-Remote-Group */
  readonly requestHeaderGroupHeaders?: readonly string[];
  /** @defaultValue X-Remote-Extra- */
  readonly requestHeaderExtraHeadersPrefix?: readonly string[];
  /** Does not read the ConfigMap: what the files do not say does not hold. @defaultValue false */
  readonly skipLookup?: boolean;
  /** Starts also while the ConfigMap cannot be read. @defaultValue false */
  readonly tolerateLookupFailure?: boolean;
  /** How long a token that was good is taken for good, in milliseconds. @defaultValue 10000 */
  readonly tokenCacheTtlMs?: number;
  /** How often the files are looked at, in milliseconds. @defaultValue 10000 */
  readonly lookEveryMs?: number;
  /** Whether who shows nothing is `system:anonymous`, whom the authorizer decides about, and not refused. @defaultValue false */
  readonly allowAnonymous?: boolean;
}

/** Knows clients by what the API server knows them by. */
export interface DelegatedAuthentication extends Authenticator {
  /** @throws BellowsError when the ConfigMap or a file cannot be read, with the right that is missing. */
  start(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

/** Makes it: front proxy, then client certificate, then bearer token; nothing is read before `start`. */
export function createDelegatedAuthentication(
  options: DelegatedAuthenticationOptions,
): DelegatedAuthentication {
  return new Delegated(options);
}

class Delegated implements DelegatedAuthentication {
  readonly checks: readonly HealthCheck[];
  readonly #options: DelegatedAuthenticationOptions;
  readonly #tokens: TokenReviews;
  readonly #watch: AuthenticationWatch | undefined;
  readonly #files: Readonly<Record<string, RotatingFile>>;
  readonly #reading: RepeatedWork;
  #ofFiles: AuthenticationConfig = {};

  constructor(options: DelegatedAuthenticationOptions) {
    this.#options = options;
    const { client, log, skipLookup = false, tokenCacheTtlMs = 10_000 } = options;
    const { clientCaFile, requestHeaderClientCaFile, lookEveryMs = 10_000 } = options;
    const fileOf = (path: string): RotatingFile => new RotatingFile(path, undefined, 0);
    this.#tokens = new TokenReviews(client, tokenCacheTtlMs, log);
    this.#watch = skipLookup ? undefined : new AuthenticationWatch(client, log);
    this.#files = {
      ...(clientCaFile !== undefined && { 'client-ca-file': fileOf(clientCaFile) }),
      ...(requestHeaderClientCaFile !== undefined && {
        'requestheader-client-ca-file': fileOf(requestHeaderClientCaFile),
      }),
    };
    this.#reading = createRepeatedWork({
      run: () => this.#readFiles(),
      intervalMs: lookEveryMs,
      onError: (error) => {
        log('warn', 'a file of authorities is not understood', { error });
      },
    });
    this.checks = [{ name: 'request-header-ca', check: () => this.#whyNotReady() }];
  }

  async start(): Promise<void> {
    await this.#readFiles();
    if (Object.keys(this.#files).length > 0) this.#reading.start();
    try {
      await this.#watch?.start();
    } catch (error) {
      if (this.#options.tolerateLookupFailure !== true) {
        await this.stop();
        throw error;
      }
      this.#options.log('warn', 'begins without knowing how clients are authenticated', { error });
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#watch?.stop(), this.#reading.stop()]);
  }

  async authenticate({ certificate, rawHeaders }: Credentials): Promise<User | undefined> {
    const { frontProxy, clients } = { ...this.#watch?.config, ...this.#ofFiles };
    const ofProxy = frontProxy && frontProxyUser(certificate, rawHeaders, frontProxy);
    if (ofProxy !== undefined) return known(ofProxy);
    if (certificate !== undefined && clients?.trusts(certificate) === true) {
      const user = userOfCertificate(certificate);
      if (user !== undefined) return authenticated(user);
    }
    const token = bearerTokenOf(rawHeaders);
    if (token !== undefined) {
      const user = await this.#tokens.userOf(token);
      return user && authenticated(user);
    }
    const showsNothing = certificate === undefined && this.#options.allowAnonymous === true;
    return showsNothing ? ANONYMOUS : undefined;
  }

  #whyNotReady(): string | undefined {
    const { skipLookup = false, tolerateLookupFailure = false } = this.#options;
    const isKnown = { ...this.#watch?.config, ...this.#ofFiles }.frontProxy !== undefined;
    return isKnown || skipLookup || tolerateLookupFailure
      ? undefined
      : "it is not known by what the API server's proxy is to be known";
  }

  async #readFiles(): Promise<void> {
    const { requestHeaderAllowedNames, requestHeaderUsernameHeaders } = this.#options;
    const { requestHeaderUidHeaders, requestHeaderGroupHeaders } = this.#options;
    const lists = {
      'requestheader-allowed-names': requestHeaderAllowedNames ?? [],
      'requestheader-username-headers': requestHeaderUsernameHeaders ?? ['X-Remote-User'],
      'requestheader-uid-headers': requestHeaderUidHeaders ?? [],
      'requestheader-group-headers': requestHeaderGroupHeaders ?? ['X-Remote-Group'],
      'requestheader-extra-headers-prefix': this.#options.requestHeaderExtraHeadersPrefix ?? [
        'X-Remote-Extra-',
      ],
    };
    const data: Record<string, string> = {};
    for (const [key, list] of Object.entries(lists)) data[key] = JSON.stringify(list);
    for (const [key, file] of Object.entries(this.#files)) data[key] = await file.read();
    const read = readAuthenticationConfig(data);
    // Without one the cluster's authorities would hold, whom the file was to replace.
    if ('client-ca-file' in data && read.clients === undefined) throw holdsNone('client-ca-file');
    if ('requestheader-client-ca-file' in data && read.frontProxy === undefined) {
      throw holdsNone('requestheader-client-ca-file');
    }
    this.#ofFiles = read;
  }
}

function holdsNone(flag: string): BellowsError {
  return new BellowsError('ERR_ADAPTER_CONFIG', `Expected a certificate in the file of --${flag}`, {
    remedy: 'Give the authorities in PEM.',
  });
}

/** The proxy tells of somebody it does not know, too. */
function known(user: User): User {
  return user.name === ANONYMOUS.name ? user : authenticated(user);
}

function userOfCertificate(certificate: X509Certificate): User | undefined {
  const { commonName, organizations } = subjectNames(certificate);
  if (commonName === '') return undefined;
  return { name: commonName, groups: organizations, extra: {} };
}
