import { createPrivateKey, X509Certificate } from 'node:crypto';
import { BellowsError } from '@bellows/core';
import { createRepeatedWork, type RepeatedWork } from '../loop/repeated-work.ts';
import { RotatingFile } from '../prometheus/rotating-file.ts';
import type { KeyedCertificate } from '../registration/certificate.ts';
import type { Log } from '../self/log.ts';

/** Options of {@link createCertificateFiles}. */
export interface CertificateFilesOptions {
  /** The certificate, with those between it and its authority; `--tls-cert-file`. */
  readonly certFile: string;
  /** Its private key; `--tls-private-key-file`. */
  readonly keyFile: string;
  /** Called with each new pair. */
  readonly onChange: (certificate: KeyedCertificate) => void;
  /** Told of what cannot be used. */
  readonly log: Log;
  /** How often the files are looked at, in milliseconds. @defaultValue 10000 */
  readonly lookEveryMs?: number;
}

/** A certificate and its key in files that are replaced while the server runs. */
export interface CertificateFiles {
  /** The pair as it is now; then goes on looking. @throws BellowsError `ERR_ADAPTER_CONFIG` when it cannot be used. */
  start(): Promise<KeyedCertificate>;
  /** Idempotent. */
  stop(): Promise<void>;
}

/** Makes it. While one file has been replaced and the other not yet, the pair before goes on. */
export function createCertificateFiles(options: CertificateFilesOptions): CertificateFiles {
  const { certFile, keyFile, onChange, log, lookEveryMs = 10_000 } = options;
  const fileOf = (path: string): RotatingFile => new RotatingFile(path, undefined, 0);
  const files = [fileOf(certFile), fileOf(keyFile)] as const;
  let before = '';
  const look = async (): Promise<KeyedCertificate | undefined> => {
    const [certificate, key] = await Promise.all(files.map((file) => file.read()));
    if (certificate === undefined || key === undefined || certificate + key === before) {
      return undefined;
    }
    requirePair(certificate, key, options);
    before = certificate + key;
    return { certificate, key };
  };
  const work: RepeatedWork = createRepeatedWork({
    run: async () => {
      const changed = await look();
      if (changed === undefined) return;
      onChange(changed);
      log('info', 'the serving certificate has been replaced', { certFile });
    },
    intervalMs: lookEveryMs,
    onError: (error) => {
      log('warn', 'the serving certificate cannot be read again', { error });
    },
  });
  return {
    start: async () => {
      const pair = await look();
      if (pair === undefined) throw unusable(options, 'it was read before');
      work.start();
      return pair;
    },
    stop: () => work.stop(),
  };
}

function requirePair(certificate: string, key: string, files: CertificateFilesOptions): void {
  let isPair = false;
  try {
    isPair = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw unusable(files, cause instanceof Error ? cause.message : String(cause));
  }
  if (!isPair) throw unusable(files, 'the key is another certificate’s');
}

function unusable({ certFile, keyFile }: CertificateFilesOptions, why: string): BellowsError {
  return new BellowsError(
    'ERR_ADAPTER_CONFIG',
    `Expected a certificate in ${certFile} and its private key in ${keyFile}: ${why}`,
    { place: { file: certFile }, remedy: 'Give both files in PEM, of one pair.' },
  );
}
