import type { KubernetesObject } from '@bellows/kubernetes';

/** A Service that answers an API. */
export interface ServiceReference {
  /** Where it is. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
  /** The port of the Service. @defaultValue 443 */
  readonly port?: number;
}

/** What says who answers one version of an API group. */
export interface ApiService extends KubernetesObject {
  /** Who answers, and how it is verified. */
  readonly spec: ApiServiceSpec;
}

/** @see kubernetes/kube-aggregator v0.37.2 pkg/apis/apiregistration/v1/types.go */
export interface ApiServiceSpec {
  /** The API group. */
  readonly group: string;
  /** The version. */
  readonly version: string;
  /** Undefined: the API server itself. */
  readonly service?: ServiceReference;
  /** Authorities in PEM, in base64, that the server's certificate is verified with. */
  readonly caBundle?: string;
  /** The server is not verified. Never written by us. */
  readonly insecureSkipTLSVerify?: boolean;
  /** Order of groups. */
  readonly groupPriorityMinimum: number;
  /** Order of versions within the group. */
  readonly versionPriority: number;
}

/** One version of a group of the metrics APIs. */
export interface ServedApi {
  /** The API group. */
  readonly group: string;
  /** The version. */
  readonly version: string;
  /** Order of versions within the group; the higher comes first. */
  readonly versionPriority: number;
}

/** custom.metrics.k8s.io, external.metrics.k8s.io and, when asked for, metrics.k8s.io. */
export const SERVED_APIS: Readonly<
  Record<'custom' | 'external' | 'resource', readonly ServedApi[]>
> = {
  custom: [
    { group: 'custom.metrics.k8s.io', version: 'v1beta1', versionPriority: 100 },
    { group: 'custom.metrics.k8s.io', version: 'v1beta2', versionPriority: 200 },
  ],
  external: [{ group: 'external.metrics.k8s.io', version: 'v1beta1', versionPriority: 100 }],
  resource: [{ group: 'metrics.k8s.io', version: 'v1beta1', versionPriority: 100 }],
};

/** Every API that an adapter may have registered. */
export const ALL_APIS: readonly ServedApi[] = Object.values(SERVED_APIS).flat();

/** Group and version of APIServices themselves. */
export const API_SERVICES_PATH = '/apis/apiregistration.k8s.io/v1/apiservices';
/** The owner before us, as JSON, so that the APIService can be given back. */
const FORMER_OWNER = 'bellows.dev/former-owner';
/** cert-manager keeps the bundle of an APIService with this annotation. */
const CERT_MANAGER = 'cert-manager.io/inject-ca-from';

/** Name of the APIService of an API. */
export function apiServiceName({ group, version }: Pick<ServedApi, 'group' | 'version'>): string {
  return `${version}.${group}`;
}

/** Path of the APIService of an API. */
export function apiServicePath(api: ServedApi): string {
  return `${API_SERVICES_PATH}/${apiServiceName(api)}`;
}

/** Whether an APIService leads to a Service. */
export function leadsTo({ spec }: ApiService, { namespace, name }: ServiceReference): boolean {
  return spec.service?.namespace === namespace && spec.service.name === name;
}

/** Whom an APIService leads to, for people. */
export function ownerText({ spec: { service } }: ApiService): string {
  return service === undefined
    ? 'the API server itself'
    : `the Service ${service.namespace}/${service.name}`;
}

/** Whether somebody else keeps the bundle of an APIService. */
export function keepsOwnBundle({ metadata }: ApiService): boolean {
  return metadata.annotations?.[CERT_MANAGER] !== undefined;
}

/** Whom an APIService led to before us. */
export interface FormerOwner {
  /** Its spec as it was. */
  readonly spec: ApiServiceSpec;
  /** cert-manager's annotation, which would have it write its bundle over ours. */
  readonly certManager?: string;
}

/** What an APIService is annotated with while it is ours and was somebody else's. */
export function rememberOwner({
  metadata,
  spec,
}: ApiService): Readonly<Record<string, string | null>> {
  const certManager = metadata.annotations?.[CERT_MANAGER];
  const former: FormerOwner = { spec, ...(certManager !== undefined && { certManager }) };
  return { [FORMER_OWNER]: JSON.stringify(former), [CERT_MANAGER]: null };
}

/** What an APIService is annotated with again when its former owner gets it back. */
export function forgetOwner({ certManager }: FormerOwner): Readonly<Record<string, string | null>> {
  return { [FORMER_OWNER]: null, [CERT_MANAGER]: certManager ?? null };
}

/** The owner before us, where an APIService was taken over; undefined where not, or where the annotation is not ours. */
export function formerOwner({ metadata }: ApiService): FormerOwner | undefined {
  const text = metadata.annotations?.[FORMER_OWNER];
  if (text === undefined) return undefined;
  try {
    const former = JSON.parse(text) as Partial<FormerOwner> | null;
    const { service } = former?.spec ?? {};
    const isWhole = typeof service?.name === 'string' && typeof service.namespace === 'string';
    return isWhole ? (former as FormerOwner) : undefined;
  } catch {
    return undefined;
  }
}
