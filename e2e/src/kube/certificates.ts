import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
/** Serial numbers need only differ within one authority, which lives as long as one control plane. */
const SERIAL_BYTES = 12;

type CryptoKeyPair = webcrypto.CryptoKeyPair;

/** What a certificate is for. */
export interface CertificateRequest {
  /** Distinguished name, such as `O=system:masters,CN=admin`. */
  readonly subject: string;
  /** Server certificate for these names and addresses; a client certificate when absent. */
  readonly hosts?: readonly string[];
}

/** A certificate and its key, as PEM text. */
export interface PemCertificate {
  /** The certificate. */
  readonly certificate: string;
  /** The private key, PKCS #8. */
  readonly key: string;
}

/** Signs certificates. */
export interface CertificateAuthority {
  /** Its own certificate, as PEM text. */
  readonly certificate: string;
  /** Makes a key and a certificate that is valid from yesterday for a month. */
  issue(request: CertificateRequest): Promise<PemCertificate>;
}

x509.cryptoProvider.set(webcrypto);

/** Makes an authority with a new P-256 key. */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const subject = `CN=${name}`;
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: subject,
    keys: keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: root.toString('pem'),
    issue: async (request) => issue(root, keys, request),
  };
}

async function issue(
  root: x509.X509Certificate,
  rootKeys: CryptoKeyPair,
  request: CertificateRequest,
): Promise<PemCertificate> {
  const keys = await newKeys();
  const use = request.hosts ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth;
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(),
    subject: request.subject,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([use]),
      ...(request.hosts
        ? [new x509.SubjectAlternativeNameExtension(request.hosts.map(generalName))]
        : []),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await privateKeyPem(keys) };
}

/** A key pair for signing the tokens of service accounts. */
export async function createSigningKeys(): Promise<{
  readonly publicKey: string;
  readonly privateKey: string;
}> {
  const keys = await newKeys();
  const spki = await webcrypto.subtle.exportKey('spki', keys.publicKey);
  return {
    publicKey: x509.PemConverter.encode(spki, 'PUBLIC KEY'),
    privateKey: await privateKeyPem(keys),
  };
}

/** Writes `NAME.crt` and `NAME.key` into a folder; only this user may read them. */
export function writeCertificate(folder: string, name: string, pem: PemCertificate): void {
  writeFileSync(join(folder, `${name}.crt`), pem.certificate, { mode: 0o600 });
  writeFileSync(join(folder, `${name}.key`), pem.key, { mode: 0o600 });
}

async function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function privateKeyPem(keys: CryptoKeyPair): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
}

function validity(): Pick<
  x509.X509CertificateCreateParamsBase,
  'notBefore' | 'notAfter' | 'serialNumber'
> {
  return {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    serialNumber: `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(SERIAL_BYTES))).toString('hex')}`,
  };
}

function generalName(host: string): x509.JsonGeneralName {
  return { type: /^[\d.]+$/.test(host) ? 'ip' : 'dns', value: host };
}
