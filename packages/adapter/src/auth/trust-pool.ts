import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** Certificates between a client's and an authority's; more are not looked at. */
const MAX_BETWEEN = 8;
/** A chain that was verified is not verified again within this time, in milliseconds. */
const KEEP_MS = 10_000;
const MAX_KEPT = 1_000;
const ANY_USE = '2.5.29.37.0';
const CLIENT_USE = '1.3.6.1.5.5.7.3.2';
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Authorities that certificates of clients are trusted for, for one purpose. What the TLS connection says of the certificate is not
 * asked, since that does not tell by which of several authorities it was issued.
 *
 * @see golang/go go1.26 src/crypto/x509/verify.go Verify
 */
export class TrustPool {
  readonly #roots: readonly X509Certificate[];
  readonly #now: () => number;
  readonly #verified = new Map<string, number>();

  /**
   * @param pem - Certificates of the authorities. @param now - Milliseconds since the epoch.
   * @throws Error for what is no certificate.
   */
  constructor(pem: string, now: () => number = () => Date.now()) {
    this.#roots = (pem.match(CERTIFICATE) ?? []).map((one) => new X509Certificate(one));
    this.#now = now;
  }

  /** How many authorities there are. */
  get size(): number {
    return this.#roots.length;
  }

  /**
   * Whether it was issued by one of the authorities, directly or by others that came with it, for a client, and each certificate on the
   * way is valid now and may issue what it has issued.
   */
  trusts(certificate: X509Certificate): boolean {
    const now = this.#now();
    const key = certificate.fingerprint256;
    if ((this.#verified.get(key) ?? 0) > now) return true;
    const isTrusted = this.#leads(certificate, sentWith(certificate), 0, now);
    if (isTrusted) this.#keep(key, Math.min(now + KEEP_MS, Date.parse(certificate.validTo)));
    return isTrusted;
  }

  /** @param below - How many authorities are between this certificate and the client's. */
  #leads(
    one: X509Certificate,
    others: readonly X509Certificate[],
    below: number,
    now: number,
  ): boolean {
    if (!isValid(one, now) || !isForClients(one) || below > MAX_BETWEEN) return false;
    if (this.#roots.some((root) => isValid(root, now) && hasIssued(root, one, below))) return true;
    return others.some(
      (other) =>
        hasIssued(other, one, below) &&
        this.#leads(
          other,
          others.filter((rest) => rest !== other),
          below + 1,
          now,
        ),
    );
  }

  #keep(key: string, untilMs: number): void {
    if (this.#verified.size >= MAX_KEPT) this.#verified.clear();
    this.#verified.set(key, untilMs);
  }
}

/** What the client sent beside its certificate, as far as Node could put it in order. */
function sentWith(certificate: X509Certificate): X509Certificate[] {
  const found: X509Certificate[] = [];
  let next = certificate.issuerCertificate;
  while (next !== undefined && found.length < MAX_BETWEEN) {
    found.push(next);
    next = next.issuerCertificate;
  }
  return found;
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

/** Node calls the extended usages `keyUsage`; without any a certificate is for all. */
function isForClients(certificate: X509Certificate): boolean {
  const uses = certificate.keyUsage as readonly string[] | undefined;
  return uses === undefined || uses.includes(CLIENT_USE) || uses.includes(ANY_USE);
}

function hasIssued(issuer: X509Certificate, one: X509Certificate, below: number): boolean {
  if (!issuer.ca || !one.checkIssued(issuer)) return false;
  const { pathLength } =
    new x509.X509Certificate(issuer.raw).getExtension(x509.BasicConstraintsExtension) ?? {};
  if (pathLength !== undefined && below > pathLength) return false;
  try {
    return one.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
