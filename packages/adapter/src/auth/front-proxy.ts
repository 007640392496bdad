import type { X509Certificate } from 'node:crypto';
import { subjectNames } from './subject-names.ts';
import type { TrustPool } from './trust-pool.ts';
import type { User } from './user.ts';

/** Whom the API server's proxy says a request is of is believed when the proxy shows that it is the proxy. */
export interface FrontProxyConfig {
  /** Who issues the proxy's certificate. */
  readonly authorities: TrustPool;
  /** Common names that the proxy may have; empty: any. */
  readonly allowedNames: readonly string[];
  /** Headers with the user's name; the first that holds one. */
  readonly usernameHeaders: readonly string[];
  /** Headers with the user's uid; the first that holds one. */
  readonly uidHeaders: readonly string[];
  /** Headers with a group each. */
  readonly groupHeaders: readonly string[];
  /** Beginnings of headers with further facts. */
  readonly extraHeaderPrefixes: readonly string[];
}

/**
 * Whom the headers name; undefined without the proxy's certificate, whatever stands in them, and without a name.
 *
 * @param rawHeaders - Names and values by turns: a group with a comma in its name is one group.
 * @see kubernetes/apiserver v0.37.2 pkg/authentication/request/headerrequest/requestheader.go
 */
export function frontProxyUser(
  certificate: X509Certificate | undefined,
  rawHeaders: readonly string[],
  config: FrontProxyConfig,
): User | undefined {
  if (certificate === undefined || !config.authorities.trusts(certificate)) return undefined;
  const { allowedNames } = config;
  if (allowedNames.length > 0 && !allowedNames.includes(subjectNames(certificate).commonName)) {
    return undefined;
  }
  const headers = readHeaders(rawHeaders);
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => headers.get(name.toLowerCase())?.[0]).find(Boolean);
  const name = first(config.usernameHeaders);
  if (name === undefined) return undefined;
  const uid = first(config.uidHeaders);
  return {
    name,
    ...(uid !== undefined && { uid }),
    groups: config.groupHeaders.flatMap((header) => headers.get(header.toLowerCase()) ?? []),
    extra: readExtra(headers, config.extraHeaderPrefixes),
  };
}

function readHeaders(rawHeaders: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(utf8Of(rawHeaders[at + 1] ?? ''));
    headers.set(name, values);
  }
  return headers;
}

/** Node reads headers byte by byte; names of users and groups are UTF-8. */
function utf8Of(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function readExtra(
  headers: ReadonlyMap<string, readonly string[]>,
  prefixes: readonly string[],
): Record<string, string[]> {
  const extra = new Map<string, string[]>();
  for (const prefix of prefixes.map((one) => one.toLowerCase())) {
    for (const [name, values] of headers) {
      if (!name.startsWith(prefix)) continue;
      const key = decoded(name.slice(prefix.length));
      extra.set(key, [...(extra.get(key) ?? []), ...values]);
    }
  }
  return Object.fromEntries(extra);
}

/** A key that cannot be decoded is taken as it is, as upstream. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
