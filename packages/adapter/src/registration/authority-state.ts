import {
  makeAuthority,
  renewAtMs,
  validityOf,
  type KeyedCertificate,
  type Validity,
} from './certificate.ts';

/** What all replicas share: the authority that signs, one that is known before it signs, and one that is known after it did. */
export interface AuthorityState {
  /** Signs. */
  readonly current: KeyedCertificate;
  /** Will sign once everybody has been told of it. */
  readonly next?: KeyedCertificate;
  /** Certificate of the one that signed before: replicas may serve certificates of it for a while. */
  readonly previous?: string;
}

/** An authority is valid for so long, in milliseconds: a year. */
export const AUTHORITY_LIFE_MS: number = 365 * 86_400_000;
/** An authority is known for so long before it signs, in milliseconds: replicas and the API server look much more often. */
const KNOWN_BEFORE_MS = 3_600_000;

/**
 * The state that follows on one, or the same one if it is not time yet. At two thirds of the authority's life its successor is made and joins
 * the bundle; an hour later it signs; the old one leaves the bundle when it has ended.
 *
 * @param state - Undefined, or one that cannot be read: there is none yet.
 */
export async function advanceAuthority(
  state: AuthorityState | undefined,
  nowMs: number,
  lifeMs: number = AUTHORITY_LIFE_MS,
): Promise<AuthorityState> {
  const current = state && validityIfReadable(state.current.certificate);
  if (state === undefined || current === undefined || nowMs >= current.notAfterMs) {
    return { current: await makeAuthority(nowMs, lifeMs) };
  }
  const next = state.next && validityIfReadable(state.next.certificate);
  if (state.next !== undefined && next !== undefined) {
    return nowMs < next.notBeforeMs + KNOWN_BEFORE_MS
      ? state
      : { current: state.next, previous: state.current.certificate };
  }
  if (nowMs >= renewAtMs(current)) return { ...state, next: await makeAuthority(nowMs, lifeMs) };
  const previous = state.previous === undefined ? undefined : validityIfReadable(state.previous);
  if (state.previous === undefined || (previous !== undefined && nowMs < previous.notAfterMs)) {
    return state;
  }
  return { current: state.current };
}

/** All authorities a certificate of ours may be of, as PEM. */
export function bundleOf({ current, next, previous }: AuthorityState): string {
  return [current.certificate, next?.certificate, previous]
    .filter((pem) => pem !== undefined)
    .map((pem) => pem.trim())
    .join('\n')
    .concat('\n');
}

/** Keys of the Secret: `ca` signs. */
type SecretKey = 'ca.crt' | 'ca.key' | 'next.crt' | 'next.key' | 'previous.crt';

/** The data of a Secret, in base64. */
export type SecretData = Readonly<Partial<Record<SecretKey, string>>>;

/** The state as a Secret holds it. */
export function encodeAuthority({ current, next, previous }: AuthorityState): SecretData {
  const encode = (pem: string): string => Buffer.from(pem).toString('base64');
  return {
    'ca.crt': encode(current.certificate),
    'ca.key': encode(current.key),
    ...(next && { 'next.crt': encode(next.certificate), 'next.key': encode(next.key) }),
    ...(previous !== undefined && { 'previous.crt': encode(previous) }),
  };
}

/** What a Secret holds; undefined when it holds no authority. */
export function decodeAuthority(data: SecretData): AuthorityState | undefined {
  const decode = (key: SecretKey): string | undefined => {
    const text = data[key];
    return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
  };
  const keyed = (name: 'ca' | 'next'): KeyedCertificate | undefined => {
    const [certificate, key] = [decode(`${name}.crt`), decode(`${name}.key`)];
    return certificate === undefined || key === undefined ? undefined : { certificate, key };
  };
  const [current, next, previous] = [keyed('ca'), keyed('next'), decode('previous.crt')];
  if (current === undefined) return undefined;
  return { current, ...(next && { next }), ...(previous !== undefined && { previous }) };
}

/** Undefined for what is no certificate: somebody may have edited the Secret. */
function validityIfReadable(pem: string): Validity | undefined {
  try {
    return validityOf(pem);
  } catch {
    return undefined;
  }
}
