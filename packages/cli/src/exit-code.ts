/**
 * What the exit code of `bellows` says. A signal that ended a run gives 128 and its number, as a shell
 * reports it.
 */
export const EXIT_CODE = {
  /** Done, and the run kept its promise. */
  ok: 0,
  /** The run is over and requests were lost, or it was to scale both ways and did not. */
  promiseBroken: 1,
  /** Arguments or manifests that cannot be used. Nothing was started. */
  usage: 2,
  /** It could not start, or Bellows itself failed. Nothing is left running. */
  failed: 3,
  /** SIGHUP: the terminal is gone. */
  hangup: 129,
  /** SIGINT: Ctrl-C. */
  interrupted: 130,
  /** Whoever read standard output is gone (`bellows up | head`). */
  brokenPipe: 141,
  /** SIGTERM. */
  terminated: 143,
} as const;

/** One of {@link EXIT_CODE}. */
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
