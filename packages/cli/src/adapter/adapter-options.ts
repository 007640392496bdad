import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AdapterCertificate,
  AdapterOptions,
  AdapterRegistration,
  RegisteredApi,
  ServingFiles,
} from '@bellows/adapter';
import { BellowsError } from '@bellows/core';
import { readPrometheusFlags } from './prometheus-flags.ts';
import { readServiceReference } from './service-reference.ts';
import type { AdapterFlags } from './adapter-flags.ts';

const DEFAULTS = {
  service: 'bellows-system/bellows-adapter',
  caSecret: 'bellows-adapter-ca',
  securePort: 443,
  shutdownDelayMs: 5_000,
  relistIntervalMs: 600_000,
};
/** From this `--v` on, prometheus-adapter logs its requests to Prometheus. */
const QUERY_LOG_LEVEL = 6;
const APIS: readonly RegisteredApi[] = ['custom', 'external', 'resource'];

/** What the flags say of an adapter, besides the cluster and the log. */
export type FlaggedOptions = Omit<AdapterOptions, 'client' | 'log'>;

/**
 * Reads the flags of `bellows adapter`.
 *
 * @throws BellowsError `ERR_CLI_USAGE` for flags that cannot be used, or not together.
 */
export function readAdapterOptions(flags: AdapterFlags): FlaggedOptions {
  const { metricsRelistInterval, metricsMaxAge, discoveryInterval, compatibility } = flags;
  refuseShortAge(flags);
  const registration = readRegistration(flags);
  return {
    ...(flags.config !== undefined && { configFile: flags.config }),
    prometheus: readPrometheusFlags(flags),
    rules: {
      ...(metricsRelistInterval !== undefined && { relistIntervalMs: metricsRelistInterval }),
      ...(metricsMaxAge !== undefined && { maxAgeMs: metricsMaxAge }),
      ...(compatibility !== undefined && { compatibility }),
    },
    // 0 is prometheus-adapter's default, which never read them again.
    ...(discoveryInterval !== undefined &&
      discoveryInterval > 0 && { discoveryIntervalMs: discoveryInterval }),
    certificate: readCertificate(flags),
    ...(registration && { registration }),
    ...readDelegate(flags),
    ...readAccess(flags),
    server: readServer(flags),
    logQueries: (flags.v ?? 0) >= QUERY_LOG_LEVEL,
  };
}

/** prometheus-adapter ends when its registry would forget series between two lists; here, what is asked for is kept. */
function refuseShortAge({
  metricsMaxAge,
  metricsRelistInterval,
  compatibility,
}: AdapterFlags): void {
  const relistMs = metricsRelistInterval ?? DEFAULTS.relistIntervalMs;
  if (compatibility !== 'strict' || metricsMaxAge === undefined || metricsMaxAge >= relistMs) {
    return;
  }
  throw new BellowsError(
    'ERR_CLI_USAGE',
    `expected --metrics-max-age of at least --metrics-relist-interval, ${relistMs / 1000}s, got ${metricsMaxAge / 1000}s`,
    { remedy: 'give a longer age or a shorter interval, or leave --compatibility strict out' },
  );
}

function readServer(flags: AdapterFlags): NonNullable<FlaggedOptions['server']> {
  const { bindAddress, authorizationAlwaysAllowPaths } = flags;
  return {
    port: flags.securePort ?? DEFAULTS.securePort,
    ...(bindAddress !== undefined && { host: bindAddress }),
    shutdownDelayMs: flags.shutdownDelayDuration ?? DEFAULTS.shutdownDelayMs,
    ...(authorizationAlwaysAllowPaths !== undefined && {
      alwaysAllowPaths: splitList(authorizationAlwaysAllowPaths),
    }),
  };
}

function readCertificate(flags: AdapterFlags): AdapterCertificate {
  const { tlsCertFile: certFile, tlsPrivateKeyFile: keyFile, tlsCaFile: caFile } = flags;
  if (certFile !== undefined && keyFile !== undefined) {
    return { files: { certFile, keyFile, ...(caFile !== undefined && { caFile }) } };
  }
  if (certFile !== undefined || keyFile !== undefined) {
    throw new BellowsError(
      'ERR_CLI_USAGE',
      'expected --tls-cert-file and --tls-private-key-file, got one of them',
      {
        remedy: 'give both, or neither to have the adapter make its own certificate',
      },
    );
  }
  const ofFolder = pairOf(flags.certDir);
  if (ofFolder !== undefined) return { files: ofFolder };
  const { namespace, name } = readServiceReference(flags.service ?? DEFAULTS.service);
  return {
    secret: { namespace, name: flags.caSecret ?? DEFAULTS.caSecret },
    hosts: [
      `${name}.${namespace}.svc`,
      `${name}.${namespace}.svc.cluster.local`,
      `${name}.${namespace}`,
      name,
    ],
  };
}

/** What prometheus-adapter serves of its folder, if both files are there. */
function pairOf(folder: string | undefined): ServingFiles | undefined {
  if (folder === undefined) return undefined;
  const [certFile, keyFile] = [join(folder, 'apiserver.crt'), join(folder, 'apiserver.key')];
  return existsSync(certFile) && existsSync(keyFile) ? { certFile, keyFile } : undefined;
}

function readRegistration(flags: AdapterFlags): AdapterRegistration | undefined {
  if (flags.service === undefined || flags.register === 'none') return undefined;
  const given = flags.register === undefined ? undefined : splitList(flags.register);
  const unknown = given?.find((name) => !APIS.some((api) => api === name));
  if (unknown !== undefined) {
    throw new BellowsError(
      'ERR_CLI_USAGE',
      `expected APIs of ${APIS.join(', ')} for --register, got ${unknown}`,
      {
        remedy: 'write --register custom,external, or --register none',
      },
    );
  }
  return {
    service: readServiceReference(flags.service),
    takeOver: flags.takeOver ?? false,
    ...(given && { apis: APIS.filter((api) => given.includes(api)) }),
  };
}

function readDelegate(flags: AdapterFlags): Pick<FlaggedOptions, 'delegate'> {
  const { delegateExternalUrl: url, delegateExternalCaFile: caFile } = flags;
  const { delegateExternalTokenFile: tokenFile } = flags;
  if (url === undefined) return {};
  return {
    delegate: {
      url,
      ...(caFile !== undefined && { caFile }),
      ...(tokenFile !== undefined && { tokenFile }),
    },
  };
}

/** prometheus-adapter's flags of who asks and who may; what is not said is as the cluster says. */
function readAccess(flags: AdapterFlags): Pick<FlaggedOptions, 'authentication' | 'authorization'> {
  const lists = {
    requestHeaderAllowedNames: flags.requestheaderAllowedNames,
    requestHeaderUsernameHeaders: flags.requestheaderUsernameHeaders,
    requestHeaderGroupHeaders: flags.requestheaderGroupHeaders,
    requestHeaderExtraHeadersPrefix: flags.requestheaderExtraHeadersPrefix,
  };
  const authentication = {
    clientCaFile: flags.clientCaFile,
    requestHeaderClientCaFile: flags.requestheaderClientCaFile,
    skipLookup: flags.authenticationSkipLookup,
    tolerateLookupFailure: flags.authenticationTolerateLookupFailure,
    tokenCacheTtlMs: flags.authenticationTokenWebhookCacheTtl,
    ...Object.fromEntries(
      Object.entries(lists).map(([name, text]) => [name, text && splitList(text)]),
    ),
  };
  const authorization = {
    authorizedTtlMs: flags.authorizationWebhookCacheAuthorizedTtl,
    unauthorizedTtlMs: flags.authorizationWebhookCacheUnauthorizedTtl,
  };
  return { authentication: given(authentication), authorization: given(authorization) };
}

/** Only what was said. */
function given<T extends object>(flags: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(flags).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
