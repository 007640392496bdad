import { createRepeatedWork } from '../loop/repeated-work.ts';
import { RotatingFile } from '../prometheus/rotating-file.ts';

/** Tokens for pods of some namespaces, from files that rotate. */
export interface BearerTokens {
  /** By namespace: the token as it is now, undefined while it could not be read. */
  readonly byNamespace: ReadonlyMap<string, () => string | undefined>;
  /** Reads the files, again and again. Resolves when each has been tried once. */
  start(): Promise<void>;
  /** Ends it. Idempotent. */
  stop(): Promise<void>;
}

/** The files are looked at so often, in milliseconds. */
const LOOK_EVERY_MS = 10_000;

/**
 * Keeps tokens.
 *
 * @param files - Path by namespace.
 * @param failed - Told that a file cannot be read.
 */
export function createBearerTokens(
  files: Readonly<Record<string, string>>,
  failed: (error: unknown) => void,
): BearerTokens {
  const tokens = new Map<string, string>();
  const entries = Object.entries(files).map(([namespace, path]) => ({
    namespace,
    file: new RotatingFile(path),
  }));
  const work = createRepeatedWork({
    intervalMs: LOOK_EVERY_MS,
    onError: failed,
    run: async () => {
      await Promise.all(
        entries.map(async ({ namespace, file }) => {
          tokens.set(namespace, (await file.read()).trim());
        }),
      );
    },
  });
  return {
    byNamespace: new Map(entries.map(({ namespace }) => [namespace, () => tokens.get(namespace)])),
    start: async () => {
      if (entries.length === 0) return;
      work.start();
      await work.triedOnce;
    },
    stop: () => work.stop(),
  };
}
