import type { PrometheusClientOptions } from '@bellows/adapter';
import { BellowsError } from '@bellows/core';
import type { AdapterFlags } from './adapter-flags.ts';

const DEFAULT_URL = 'https://localhost';
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Reads the flags that say where Prometheus is and how it knows us.
 *
 * @throws BellowsError `ERR_CLI_USAGE` for flags that cannot be used, or not together.
 */
export function readPrometheusFlags(flags: AdapterFlags): PrometheusClientOptions {
  const { prometheusVerb: method, prometheusHeader = [] } = flags;
  const certFile = flags.prometheusClientTlsCertFile;
  const keyFile = flags.prometheusClientTlsKeyFile;
  if (flags.prometheusAuthConfig !== undefined) {
    throw new BellowsError(
      'ERR_CLI_USAGE',
      '--prometheus-auth-config cannot be used: a kubeconfig says who one is to an API server',
      {
        remedy:
          'give --prometheus-token-file, or --prometheus-client-tls-cert-file and -key-file, and --prometheus-ca-file',
      },
    );
  }
  const isAccount = flags.prometheusAuthIncluster === true;
  const tokenFile = flags.prometheusTokenFile ?? (isAccount ? `${ACCOUNT}/token` : undefined);
  const caFile = flags.prometheusCaFile ?? (isAccount ? `${ACCOUNT}/ca.crt` : undefined);
  return {
    url: flags.prometheusUrl ?? DEFAULT_URL,
    headers: prometheusHeader.map(splitHeader),
    ...(method !== undefined && { method }),
    ...(tokenFile !== undefined && { tokenFile }),
    ...(caFile !== undefined && { caFile }),
    ...(certFile !== undefined && keyFile !== undefined && { client: { certFile, keyFile } }),
  };
}

/** At the first `=`; without one, the value is empty, as upstream has it. */
function splitHeader(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
