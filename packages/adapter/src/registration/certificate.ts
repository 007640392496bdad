import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** Clocks of a cluster differ: a certificate is valid from a while before it was made, in milliseconds. */
const BACKDATE_MS = 300_000;
const SERIAL_BYTES = 16;

/** A certificate and its key, as PEM. */
export interface KeyedCertificate {
  /** The certificate. */
  readonly certificate: string;
  /** Its private key, PKCS #8. */
  readonly key: string;
}

/** From when to when a certificate is valid, in milliseconds since the epoch. */
export interface Validity {
  /** First moment. */
  readonly notBeforeMs: number;
  /** Last moment. */
  readonly notAfterMs: number;
}

/** Makes an authority with a new P-256 key. @param lifeMs - How long it is valid. */
export async function makeAuthority(nowMs: number, lifeMs: number): Promise<KeyedCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(nowMs, nowMs + lifeMs),
    // Unlike any other of ours, so that a bundle of two is looked through by name, too.
    name: `CN=bellows-adapter-ca-${randomHex(4)}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await privateKeyPem(keys) };
}

/**
 * Makes a certificate that a server is known by, with a new key. It ends no later than its authority.
 *
 * @param hosts - Names it is valid for; the first is its subject.
 */
export async function issueServing(
  authority: KeyedCertificate,
  hosts: readonly [string, ...string[]],
  { nowMs, lifeMs }: { readonly nowMs: number; readonly lifeMs: number },
): Promise<KeyedCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(nowMs, Math.min(nowMs + lifeMs, issuer.notAfter.getTime())),
    subject: [{ CN: [hosts[0]] }],
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await privateKeyPem(keys) };
}

/** From when to when the first certificate of a PEM text is valid. @throws TypeError or Error for what is no certificate. */
export function validityOf(pem: string): Validity {
  const { notBefore, notAfter } = new x509.X509Certificate(pem);
  return { notBeforeMs: notBefore.getTime(), notAfterMs: notAfter.getTime() };
}

/** When two thirds of its life are over, in milliseconds since the epoch: time to renew it. */
export function renewAtMs({ notBeforeMs, notAfterMs }: Validity): number {
  return notBeforeMs + ((notAfterMs - notBeforeMs) * 2) / 3;
}

function validity(
  fromMs: number,
  toMs: number,
): Pick<x509.X509CertificateCreateParamsBase, 'notBefore' | 'notAfter' | 'serialNumber'> {
  return {
    notBefore: new Date(fromMs - BACKDATE_MS),
    notAfter: new Date(toMs),
    // A first byte below 0x80 keeps the number positive.
    serialNumber: `01${randomHex(SERIAL_BYTES)}`,
  };
}

function randomHex(bytes: number): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const pkcs8 = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']);
}

async function privateKeyPem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
}
