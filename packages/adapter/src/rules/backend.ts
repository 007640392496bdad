import type { AskOptions, PrometheusClient } from '../prometheus/prometheus-client.ts';

/** A Prometheus that rules are asked of. */
export interface PrometheusBackend {
  /** Asks it. Whoever made it closes it. */
  readonly client: PrometheusClient;
  /**
   * Header that says whose data is asked for, such as `X-Scope-OrgID`: a request's namespace takes the place of what the client
   * sends. Empty or undefined: none.
   */
  readonly tenantHeader?: string;
}

/** How a question for a namespace is put; an empty namespace leaves the client's own headers. */
export function askFor(
  { tenantHeader = '' }: PrometheusBackend,
  namespace: string,
  options: AskOptions,
): AskOptions {
  if (tenantHeader === '' || namespace === '') return options;
  return { ...options, headers: { ...options.headers, [tenantHeader]: namespace } };
}
