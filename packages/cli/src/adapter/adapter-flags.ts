import { Option } from 'commander';
import { collect, parseDelayMs, parseInteger } from '../up/option-values.ts';

const MAX_PORT = 65_535;
const parsePort = parseInteger(0, MAX_PORT);

/** What `bellows adapter` was told, as commander names it; undefined: not told. */
export interface AdapterFlags {
  readonly config?: string;
  readonly prometheusUrl?: string;
  readonly prometheusAuthIncluster?: true;
  readonly prometheusAuthConfig?: string;
  readonly prometheusCaFile?: string;
  readonly prometheusClientTlsCertFile?: string;
  readonly prometheusClientTlsKeyFile?: string;
  readonly prometheusTokenFile?: string;
  readonly prometheusHeader?: readonly string[];
  readonly prometheusVerb?: 'GET' | 'POST';
  readonly metricsRelistInterval?: number;
  readonly metricsMaxAge?: number;
  readonly discoveryInterval?: number;
  readonly listerKubeconfig?: string;
  readonly securePort?: number;
  readonly bindAddress?: string;
  readonly tlsCertFile?: string;
  readonly tlsPrivateKeyFile?: string;
  readonly tlsCaFile?: string;
  readonly certDir?: string;
  readonly clientCaFile?: string;
  readonly requestheaderClientCaFile?: string;
  readonly requestheaderAllowedNames?: string;
  readonly requestheaderUsernameHeaders?: string;
  readonly requestheaderGroupHeaders?: string;
  readonly requestheaderExtraHeadersPrefix?: string;
  readonly authenticationSkipLookup?: true;
  readonly authenticationTolerateLookupFailure?: true;
  readonly authenticationTokenWebhookCacheTtl?: number;
  readonly authorizationAlwaysAllowPaths?: string;
  readonly authorizationWebhookCacheAuthorizedTtl?: number;
  readonly authorizationWebhookCacheUnauthorizedTtl?: number;
  readonly v?: number;
  readonly service?: string;
  readonly register?: string;
  readonly takeOver?: true;
  readonly caSecret?: string;
  readonly delegateExternalUrl?: string;
  readonly delegateExternalCaFile?: string;
  readonly delegateExternalTokenFile?: string;
  readonly compatibility?: 'strict';
  readonly shutdownDelayDuration?: number;
}

const text = (flag: string, description: string): Option => new Option(flag, description);
const time = (flag: string, description: string): Option =>
  new Option(flag, description).argParser(parseDelayMs);

/** Flags of prometheus-adapter that do here what they do there. */
export const UPSTREAM_FLAGS: readonly Option[] = [
  text('--config <file>', 'prometheus-adapter’s configuration, with sources beside its rules'),
  text('--prometheus-url <url>', 'base URL of Prometheus (default: https://localhost)'),
  text('--prometheus-auth-incluster', 'authenticate to Prometheus as this pod’s service account'),
  text('--prometheus-auth-config <file>', 'authenticate to Prometheus with a kubeconfig'),
  text('--prometheus-ca-file <file>', 'authorities of Prometheus’ certificate'),
  text('--prometheus-client-tls-cert-file <file>', 'certificate shown to Prometheus'),
  text('--prometheus-client-tls-key-file <file>', 'its key'),
  text(
    '--prometheus-token-file <file>',
    'bearer token shown to Prometheus; read again when it rotates',
  ),
  text('--prometheus-header <name=value>', 'sent to Prometheus; may be given again').argParser(
    collect,
  ),
  text('--prometheus-verb <verb>', 'GET or POST (default: POST where URLs would be long)').choices([
    'GET',
    'POST',
  ]),
  time('--metrics-relist-interval <time>', 'time between two lists of series (default: 10m)'),
  time(
    '--metrics-max-age <time>',
    'series without a sample for so long are left out (default: the relist interval)',
  ),
  time(
    '--discovery-interval <time>',
    'time between two reads of the cluster’s resources (default: 1m)',
  ),
  text('--lister-kubeconfig <file>', 'the cluster (default: that of this pod)'),
  text('--secure-port <port>', 'where it listens (default: 443)').argParser(parsePort),
  text('--bind-address <address>', 'where it listens (default: all)'),
  text('--tls-cert-file <file>', 'serving certificate; read again when it rotates'),
  text('--tls-private-key-file <file>', 'its key'),
  text(
    '--cert-dir <folder>',
    'of apiserver.crt and apiserver.key, which are served if they are there',
  ),
  text('--client-ca-file <file>', 'authorities of clients’ certificates'),
  text('--requestheader-client-ca-file <file>', 'authorities of the API server’s proxy'),
  text('--requestheader-allowed-names <names>', 'of the proxy’s certificate'),
  text('--requestheader-username-headers <names>', 'default: X-Remote-User'),
  text('--requestheader-group-headers <names>', 'default: X-Remote-Group'),
  text('--requestheader-extra-headers-prefix <names>', 'default: X-Remote-Extra-'),
  text('--authentication-skip-lookup', 'do not read authorities from the cluster'),
  text('--authentication-tolerate-lookup-failure', 'start without the cluster’s authorities'),
  time('--authentication-token-webhook-cache-ttl <time>', 'default: 10s'),
  text('--authorization-always-allow-paths <paths>', 'default: /healthz,/readyz,/livez'),
  time('--authorization-webhook-cache-authorized-ttl <time>', 'default: 10s'),
  time('--authorization-webhook-cache-unauthorized-ttl <time>', 'default: 10s'),
  text('--v <level>', '0 to 10; from 6 on, requests to Prometheus are logged').argParser(
    parseInteger(0, 100),
  ),
  time('--shutdown-delay-duration <time>', 'answers go on for so long after SIGTERM (default: 5s)'),
];

/** Flags of Bellows. */
export const OWN_FLAGS: readonly Option[] = [
  text(
    '--service <namespace/name[:port]>',
    'the Service that leads here; APIs are registered with it',
  ),
  text(
    '--register <apis>',
    'of custom,external,resource; or none (default: what the configuration serves)',
  ),
  text('--take-over', 'register APIs that belong to somebody else, too'),
  text(
    '--ca-secret <name>',
    'Secret that replicas share their authority in (default: bellows-adapter-ca)',
  ),
  text('--tls-ca-file <file>', 'authorities of --tls-cert-file, for the APIServices’ caBundle'),
  text(
    '--delegate-external-url <url>',
    'metrics API server that is asked for external metrics nobody here knows',
  ),
  text('--delegate-external-ca-file <file>', 'authorities of its certificate'),
  text(
    '--delegate-external-token-file <file>',
    'bearer token it knows us by (default: the service account’s)',
  ),
  text(
    '--compatibility <mode>',
    'strict: prometheus-adapter 0.12’s way where it is known to be wrong',
  ).choices(['strict']),
];

/** Flags of prometheus-adapter that change nothing here: its manifests hold them. */
export const IGNORED_FLAGS: readonly Option[] = [
  ...['disable-http2', 'permit-port-sharing', 'permit-address-sharing', 'profiling'],
  ...['contention-profiling', 'enable-priority-and-fairness', 'logtostderr', 'alsologtostderr'],
  ...['add-dir-header', 'skip-headers', 'skip-log-headers', 'one-output'],
]
  .map((name) => new Option(`--${name}`).hideHelp())
  .concat(
    [
      ...['client-qps', 'client-burst', 'tls-cipher-suites', 'tls-min-version', 'tls-sni-cert-key'],
      ...['http2-max-streams-per-connection', 'authentication-kubeconfig'],
      ...['authorization-kubeconfig', 'audit-log-path', 'audit-log-maxage', 'audit-log-maxbackup'],
      ...['audit-log-maxsize', 'audit-policy-file', 'vmodule', 'stderrthreshold', 'log-file'],
      ...[
        'log-dir',
        'log-file-max-size',
        'logging-format',
        'log-flush-frequency',
        'log-backtrace-at',
      ],
    ].map((name) => new Option(`--${name} <value>`).hideHelp()),
  );
