/** Options of `kit.check`. */
export interface CheckOptions {
  /** How often it runs, in seconds: so long after its last end. 0.1 to 3600. @defaultValue 10 */
  readonly intervalSeconds?: number;
  /** Time one run has, in seconds: then it has failed, and its signal aborts. 0.01 to 600. @defaultValue 5 */
  readonly timeoutSeconds?: number;
  /**
   * A result that is older fails the check, in seconds: its runs do not come any more. Above `intervalSeconds` +
   * `timeoutSeconds`, up to 86400.
   * @defaultValue three times `intervalSeconds` + `timeoutSeconds`
   */
  readonly maxAgeSeconds?: number;
}

/** Looks whether something the service needs is there: it fails by throwing. It should end when the signal aborts. */
export type CheckFunction = (signal: AbortSignal) => unknown;

/** A named check of readiness. */
export interface Check {
  /** Its part of `/readyz/NAME`. */
  readonly name: string;
  /**
   * Runs it now. While it runs already, that run's result is given.
   * @returns why it fails; undefined when it passes. Never rejects.
   */
  run(): Promise<string | undefined>;
}
