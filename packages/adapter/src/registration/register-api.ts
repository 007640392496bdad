import { apiStatusOf, type KubernetesClient } from '@bellows/kubernetes';
import {
  apiServiceName,
  apiServicePath,
  keepsOwnBundle,
  leadsTo,
  ownerText,
  rememberOwner,
  type ApiService,
  type ApiServiceSpec,
  type ServedApi,
  type ServiceReference,
} from './api-service.ts';

/** How APIs are registered. */
export interface RegistrationOptions {
  /** Reads and writes APIServices. */
  readonly client: KubernetesClient;
  /** The Service that leads to this server. */
  readonly service: ServiceReference;
  /** Whether an APIService of somebody else is taken. */
  readonly takeOver: boolean;
}

/** What {@link registerApi} found or did. */
export interface RegistrationResult {
  /** Undefined: the API is answered by us, and verified. */
  readonly problem?: string;
  /** How to mend it. */
  readonly remedy?: string;
  /** What was written, for the log; undefined: nothing. */
  readonly change?: string;
}

/** Sent with each write, as the owner of the fields. */
const QUERY = { fieldManager: 'bellows-adapter' };
const MERGE_PATCH = 'application/merge-patch+json';

/**
 * Makes one APIService lead to us, after having looked whose it is. One of somebody else is left as it is, or, when told to, taken with the
 * former owner kept in an annotation. Writes name the version that was read, so that of two who write, the second looks again.
 *
 * @param caBundle - Authorities in PEM that our certificate is verified with; undefined: the bundle is somebody else's to write.
 * @throws BellowsError of the client, when the API server does not let us.
 */
export async function registerApi(
  api: ServedApi,
  caBundle: string | undefined,
  options: RegistrationOptions,
): Promise<RegistrationResult> {
  const found = await readApiService(api, options.client);
  if (found === undefined) return createApiService(api, caBundle, options);
  if (leadsTo(found, options.service)) return updateOurs(api, found, caBundle, options);
  if (options.takeOver) return takeOver(api, found, caBundle, options);
  return {
    problem: `${apiServiceName(api)} belongs to ${ownerText(found)}`,
    remedy:
      'start with --take-over to answer it from here, uninstall its owner, or leave this API out with --register',
  };
}

/** Undefined: there is none. */
export async function readApiService(
  api: ServedApi,
  client: KubernetesClient,
): Promise<ApiService | undefined> {
  try {
    return await client.get<ApiService>(apiServicePath(api));
  } catch (error) {
    if (apiStatusOf(error)?.code === 404) return undefined;
    throw error;
  }
}

async function createApiService(
  api: ServedApi,
  caBundle: string | undefined,
  { client, service }: RegistrationOptions,
): Promise<RegistrationResult> {
  if (caBundle === undefined) {
    return {
      problem: `${apiServiceName(api)} is not registered, and with certificates of your own nobody but you can say which authority signs them`,
      remedy:
        'apply an APIService with caBundle or cert-manager’s annotation, or give --tls-ca-file',
    };
  }
  const body = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: apiServiceName(api) },
    spec: specOf(api, service, caBundle),
  };
  // An apply that does not force: it needs the right to create this one name only, and whoever was faster keeps what is his.
  const contentType = 'application/apply-patch+yaml';
  await client.write('PATCH', apiServicePath(api), { body, contentType, query: QUERY });
  return { change: 'registered' };
}

async function updateOurs(
  api: ServedApi,
  found: ApiService,
  caBundle: string | undefined,
  { client, service }: RegistrationOptions,
): Promise<RegistrationResult> {
  const { spec } = found;
  const wanted =
    caBundle === undefined || keepsOwnBundle(found) ? undefined : encodeBundle(caBundle);
  const isVerified = spec.insecureSkipTLSVerify !== true;
  const hasPort = (spec.service?.port ?? 443) === (service.port ?? 443);
  if (isVerified && hasPort && (wanted === undefined || wanted === spec.caBundle)) return {};
  // Without a bundle, an unverified server is better left to whoever wrote it, with a word about it.
  if (wanted === undefined && !isVerified) {
    return {
      problem: `${apiServiceName(api)} does not verify this server (insecureSkipTLSVerify)`,
      remedy: 'give it caBundle instead, or let the adapter make its own certificates',
    };
  }
  await patch(api, found, client, {
    spec: {
      service: { port: service.port ?? 443 },
      insecureSkipTLSVerify: null,
      ...(wanted !== undefined && { caBundle: wanted }),
    },
  });
  return { change: 'bundle written' };
}

async function takeOver(
  api: ServedApi,
  found: ApiService,
  caBundle: string | undefined,
  { client, service }: RegistrationOptions,
): Promise<RegistrationResult> {
  if (caBundle === undefined) {
    return {
      problem: `${apiServiceName(api)} belongs to ${ownerText(found)}, and cannot be taken over without an authority to verify this server with`,
      remedy: 'give --tls-ca-file, or let the adapter make its own certificates',
    };
  }
  await patch(api, found, client, {
    metadata: { annotations: rememberOwner(found) },
    spec: { ...specOf(api, service, caBundle), insecureSkipTLSVerify: null },
  });
  return { change: `taken over from ${ownerText(found)}` };
}

async function patch(
  api: ServedApi,
  found: ApiService,
  client: KubernetesClient,
  change: { readonly metadata?: object; readonly spec: object },
): Promise<void> {
  const { resourceVersion } = found.metadata;
  const body = { ...change, metadata: { ...change.metadata, resourceVersion } };
  await client.write('PATCH', apiServicePath(api), {
    body,
    contentType: MERGE_PATCH,
    query: QUERY,
  });
}

function specOf(api: ServedApi, service: ServiceReference, caBundle: string): ApiServiceSpec {
  return {
    group: api.group,
    version: api.version,
    groupPriorityMinimum: 100,
    versionPriority: api.versionPriority,
    service: { namespace: service.namespace, name: service.name, port: service.port ?? 443 },
    caBundle: encodeBundle(caBundle),
  };
}

function encodeBundle(pem: string): string {
  return Buffer.from(pem).toString('base64');
}
