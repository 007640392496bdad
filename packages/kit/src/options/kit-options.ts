/**
 * Options of `createKit`. Each can also be given as an environment variable: `BELLOWS_` and the option's words,
 * so `drainDelaySeconds` is `BELLOWS_DRAIN_DELAY_SECONDS`. An option in code wins over the environment,
 * the environment over the default. All are checked when the kit is created.
 */
export interface KitOptions {
  /** Port of the admin server: probes and metrics. 0 takes a free one. @defaultValue 9400 */
  readonly adminPort?: number;
  /**
   * Address the admin server listens on.
   * @defaultValue `BELLOWS_POD_IP` when set (`bellows up` sets it), else all interfaces
   */
  readonly adminHost?: string;
  /**
   * Serves probes and metrics from a worker thread, so that they answer while the main loop is blocked.
   * `false` serves them from the main thread.
   * @defaultValue true
   */
  readonly adminWorker?: boolean;
  /** A main loop that has not turned for so long, in seconds, is not live. 1 to 3600. @defaultValue 30 */
  readonly livenessStallSeconds?: number;
  /** A main loop that has not turned for so long, in seconds, is not ready. 0.5 to 3600. @defaultValue 5 */
  readonly readinessStallSeconds?: number;
  /**
   * Whether `/readyz` fails during the drain. `keep` leaves it green, so that a Service whose endpoints are all
   * terminating still has one that serves.
   * @defaultValue 'fail'
   */
  readonly readinessWhileDraining?: 'fail' | 'keep';
  /**
   * Least time, in seconds, between the start of the drain and the end of listening: how long others may take to
   * learn that this process is leaving. 0 to 3600.
   * @defaultValue 5
   */
  readonly drainDelaySeconds?: number;
  /**
   * The listener stays open until no connection and no request has arrived for so long, in seconds. 0 to 60.
   * @defaultValue 0.5
   */
  readonly drainQuietSeconds?: number;
  /**
   * Most time, in seconds, between the start of the drain and the end of listening, quiet or not. 0 to 3600, at
   * least `drainDelaySeconds`.
   * @defaultValue `drainDelaySeconds` + 5
   */
  readonly drainDelayMaxSeconds?: number;
  /**
   * Time, in seconds, that requests and queued items have to end once the listener is closed. 0 to 86400.
   * @defaultValue 10
   */
  readonly inFlightTimeoutSeconds?: number;
  /**
   * Time, in seconds, between the AbortSignal to work that did not end in time and the end of its connection. 0 to 60.
   * @defaultValue 1
   */
  readonly abortGraceSeconds?: number;
  /**
   * What WebSockets are closed with when the drain asks their clients to connect anew: 1001 is `going away`, 1012
   * `service restart`.
   * @defaultValue 1001
   */
  readonly webSocketCloseCode?: 1001 | 1012;
  /** Time, in seconds, that each closer has. 0.1 to 3600. @defaultValue 5 */
  readonly closerTimeoutSeconds?: number;
  /**
   * How long an idle keep-alive connection is kept, in seconds, on attached servers that are still at Node's default
   * of 5: it must be above the idle timeout of the load balancer in front. 1 to 3600.
   * @defaultValue 65
   */
  readonly keepAliveTimeoutSeconds?: number;
  /**
   * Time between two calls of the `collect` functions of metrics, and two readings of what only the main thread knows,
   * in seconds. 0.1 to 3600.
   * @defaultValue 5
   */
  readonly collectIntervalSeconds?: number;
  /**
   * Time a request has from its arrival, in seconds, `Infinity` for none: then its AbortSignal aborts. A caller that
   * gives less in the header `x-envoy-expected-rq-timeout-ms` has less. Above 0 up to 86400, or Infinity.
   * @defaultValue Infinity
   */
  readonly requestTimeoutSeconds?: number;
  /**
   * Tasks of scopes that may run at once; further ones are not begun, and counted. 1 to 1000000.
   * @defaultValue 1000
   */
  readonly maxTasks?: number;
  /**
   * Most replicas of this service at once, as its HorizontalPodAutoscaler has it: what the sizes of guarded pools are
   * multiplied with before they are compared with their server's limit. 1 to 100000.
   * @defaultValue 1
   */
  readonly maxReplicas?: number;
  /** Label sets one metric may have; further ones are counted together as `overflow`. 1 to 100000. @defaultValue 1000 */
  readonly maxSeriesPerMetric?: number;
  /**
   * Signals that start the drain, as a list of names; none when empty. In the environment separated by commas.
   * @defaultValue ['SIGTERM', 'SIGINT']
   */
  readonly signals?: readonly NodeJS.Signals[];
  /**
   * The pod's `terminationGracePeriodSeconds`, to check at start that the drain fits into it: the Downward API does not
   * tell it. 1 to 86400.
   * @defaultValue 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /** Time that the pod's `preStop` hook takes, in seconds: part of the grace period. 0 to 3600. @defaultValue 0 */
  readonly preStopSeconds?: number;
  /**
   * What `/drain` must be called with, as `Authorization: Bearer TOKEN`. Without one, only a program of this machine,
   * such as `bellows-drain`, may call it.
   * @defaultValue ''
   */
  readonly drainToken?: string;
  /**
   * What happens at an uncaught error. `leave` leaves it to Node and the service. `drain` says it, gives work under
   * way up to 5 s, runs the closers and ends the process with code 1.
   * @defaultValue 'leave'
   */
  readonly uncaughtErrors?: 'leave' | 'drain';
  /**
   * Ends the process with `process.exit` when the drain that a signal started is over, and at the third signal.
   * Without it the kit sets `process.exitCode` and lets go of everything it holds, so that a process with nothing
   * left to do ends by itself; when something still holds it, the kit says what.
   * @defaultValue false
   */
  readonly exitOnSignal?: boolean;
  /** Takes what the kit has to say, one line each. Not from the environment. @defaultValue stderr, after `bellows: ` */
  readonly log?: (message: string) => void;
}
