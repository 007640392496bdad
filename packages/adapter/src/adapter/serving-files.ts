import { X509Certificate } from 'node:crypto';
import { RotatingFile } from '../prometheus/rotating-file.ts';
import type { ServingCertificate } from '../registration/own-authority.ts';
import type { Log } from '../self/log.ts';

/** Files in PEM that a server is known by. */
export interface ServingFiles {
  /** The certificate, with those between it and its authority. */
  readonly certFile: string;
  /** Its key. */
  readonly keyFile: string;
  /** Authorities, for the APIServices' caBundle. Undefined: somebody else writes that. */
  readonly caFile?: string;
}

/** Options of {@link createServingFiles}. */
export interface ServingFilesOptions {
  /** What is read. */
  readonly files: ServingFiles;
  /** Called with what is to be served, at the start and after each change. What it throws leaves what was served before. */
  readonly onChange: (
    serving: Omit<ServingCertificate, 'caBundle'> & { readonly caBundle?: string },
  ) => void | Promise<void>;
  /** Told of changes. */
  readonly log: Log;
  /** Time between two looks, in milliseconds. @defaultValue 15000 */
  readonly intervalMs?: number;
}

/** A serving certificate from files that somebody else keeps, such as cert-manager. */
export interface WatchedServingFiles {
  /** Resolves when the pair was read; then goes on looking. @throws BellowsError `ERR_ADAPTER_SOURCE` when a file cannot be read. */
  start(): Promise<void>;
  /** Looks now. */
  refresh(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

const INTERVAL_MS = 15_000;

/** Makes it; nothing is read yet. */
export function createServingFiles(options: ServingFilesOptions): WatchedServingFiles {
  const { files, onChange, log, intervalMs = INTERVAL_MS } = options;
  const [cert, key] = [new RotatingFile(files.certFile), new RotatingFile(files.keyFile)];
  const ca = files.caFile === undefined ? undefined : new RotatingFile(files.caFile);
  let served = '';
  let timer: NodeJS.Timeout | undefined;
  const refresh = async (): Promise<void> => {
    const [certificate, keyText, caBundle] = [
      await cert.read(),
      await key.read(),
      await ca?.read(),
    ];
    const read = JSON.stringify([certificate, keyText, caBundle]);
    if (read === served) return;
    const expiresAtMs = Date.parse(new X509Certificate(certificate).validTo);
    await onChange({
      ...{ certificate, key: keyText, expiresAtMs },
      ...(caBundle !== undefined && { caBundle }),
    });
    served = read;
    log('info', 'serves the certificate of the files', {
      until: new Date(expiresAtMs).toISOString(),
    });
  };
  return {
    refresh,
    start: async () => {
      await refresh();
      timer ??= setInterval(() => {
        // A pair that is half written fits a moment later.
        refresh().catch((error: unknown) => {
          log('warn', 'the files of the serving certificate cannot be served', { error });
        });
      }, intervalMs).unref();
    },
    stop: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
