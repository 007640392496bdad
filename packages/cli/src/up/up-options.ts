/** What `bellows up` was asked for, as its arguments say it. */
export interface UpOptions {
  /** Files, folders, `-`; empty: manifests are generated. */
  readonly files: readonly string[];
  /** The words after `--`. */
  readonly command: readonly string[];
  /** A number or a profile's path. Undefined, here and below: not given. */
  readonly load: string | undefined;
  readonly loadDurationSeconds: number | undefined;
  /** `METHOD PATH [BODY]`; empty: the profile's own. */
  readonly loadRequests: readonly string[];
  readonly loadService: string | undefined;
  readonly syncPeriodSeconds: number | undefined;
  readonly endpointDelayMs: number | undefined;
  readonly seed: number | undefined;
  readonly output: OutputForm | undefined;
  readonly report: string | undefined;
  readonly writeDirectory: string | undefined;
  readonly force: boolean;
  readonly logs: boolean;
  readonly durationSeconds: number | undefined;
  readonly readyTimeoutSeconds: number;
  /** Port of a generated Deployment. */
  readonly port: number | undefined;
}

/** Forms of `--output`. */
export const OUTPUT_FORMS = ['live', 'plain', 'json'] as const;

/** One of {@link OUTPUT_FORMS}. */
export type OutputForm = (typeof OUTPUT_FORMS)[number];

/** Default of `--ready-timeout`, in seconds. */
export const DEFAULT_READY_TIMEOUT_SECONDS = 60;
