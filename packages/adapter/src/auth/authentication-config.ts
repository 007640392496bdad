import type { FrontProxyConfig } from './front-proxy.ts';
import { TrustPool } from './trust-pool.ts';

/** By what clients are known, besides tokens. */
export interface AuthenticationConfig {
  /** Who issues certificates of users; undefined: nobody. */
  readonly clients?: TrustPool;
  /** Undefined: no proxy is believed. */
  readonly frontProxy?: FrontProxyConfig;
}

/** The ConfigMap that the API server tells it in. */
export const CONFIG_MAP = {
  apiVersion: 'v1',
  resource: 'configmaps',
  namespace: 'kube-system',
  name: 'extension-apiserver-authentication',
} as const;

/**
 * Reads the data of that ConfigMap.
 *
 * @throws Error for a certificate or a list that is none.
 * @see kubernetes/apiserver v0.37.2 pkg/server/options/authentication_dynamic_request_header.go
 */
export function readAuthenticationConfig(
  data: Readonly<Record<string, string>>,
): AuthenticationConfig {
  const clients = poolOf(data['client-ca-file']);
  const authorities = poolOf(data['requestheader-client-ca-file']);
  return {
    ...(clients && { clients }),
    ...(authorities && {
      frontProxy: {
        authorities,
        allowedNames: listOf(data, 'requestheader-allowed-names'),
        usernameHeaders: listOf(data, 'requestheader-username-headers'),
        uidHeaders: listOf(data, 'requestheader-uid-headers'),
        groupHeaders: listOf(data, 'requestheader-group-headers'),
        extraHeaderPrefixes: listOf(data, 'requestheader-extra-headers-prefix'),
      },
    }),
  };
}

/** Undefined without a certificate, so that nothing is taken for anything. */
function poolOf(pem = ''): TrustPool | undefined {
  const pool = new TrustPool(pem);
  return pool.size === 0 ? undefined : pool;
}

function emptyAsNone(text = ''): string {
  return text === '' ? '[]' : text;
}

function listOf(data: Readonly<Record<string, string>>, key: string): string[] {
  const parsed: unknown = JSON.parse(emptyAsNone(data[key]));
  if (Array.isArray(parsed) && parsed.every((one) => typeof one === 'string')) return parsed;
  throw new Error(`Expected ${key} to be a JSON list of texts`);
}
