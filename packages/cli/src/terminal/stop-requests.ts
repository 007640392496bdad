import { EXIT_CODE, type ExitCode } from '../exit-code.ts';

/** Why a run is asked to stop before its end. */
export interface StopRequest {
  /** `SIGINT`, `SIGTERM`, `SIGHUP` or `brokenPipe`. */
  readonly reason: string;
  readonly exitCode: ExitCode;
}

/** Listens for what asks a run to stop. */
export interface StopRequests {
  /** Resolves with the first one. */
  readonly first: Promise<StopRequest>;
  /** Resolves with the first signal after that: now is not soon enough. */
  readonly second: Promise<StopRequest>;
  /** Lets go of the signals. Idempotent. */
  stop(): void;
}

const SIGNALS = {
  SIGINT: EXIT_CODE.interrupted,
  SIGTERM: EXIT_CODE.terminated,
  SIGHUP: EXIT_CODE.hangup,
} as const;

/**
 * Takes over SIGINT, SIGTERM and SIGHUP, and the errors of standard output.
 *
 * @param exit - Called with the exit code at the signal after the second request: an orderly end is not waited for any more.
 */
export function listenForStopRequests(
  stdout: NodeJS.WriteStream,
  exit: (exitCode: ExitCode) => void,
): StopRequests {
  const requests: StopRequest[] = [];
  const resolvers: ((request: StopRequest) => void)[] = [];
  const next = (): Promise<StopRequest> =>
    new Promise((resolve) => {
      resolvers.push(resolve);
    });
  const [first, second] = [next(), next()];
  const ask = (request: StopRequest): void => {
    const resolve = resolvers[requests.length];
    requests.push(request);
    if (resolve === undefined) exit(request.exitCode);
    else resolve(request);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    ask({ reason: signal, exitCode: SIGNALS[signal as keyof typeof SIGNALS] });
  };
  // A reader that goes away after a signal (`bellows up | tee`) got the same Ctrl-C: nobody asked twice.
  const onOutputError = (): void => {
    if (requests.length === 0) ask({ reason: 'brokenPipe', exitCode: EXIT_CODE.brokenPipe });
  };
  for (const signal of Object.keys(SIGNALS)) process.on(signal as NodeJS.Signals, onSignal);
  stdout.on('error', onOutputError);
  return {
    first,
    second,
    stop: () => {
      for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal);
      // The listener on standard output stays: a later write must not end in an uncaught error.
    },
  };
}
