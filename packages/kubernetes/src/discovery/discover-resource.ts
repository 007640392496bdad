import { BellowsError } from '@bellows/core';
import type { KubernetesClient } from '../kubernetes-client.ts';
import { resourcePath } from '../resource-path.ts';

/** An object as others refer to it, such as an autoscaler to its target. */
export interface KindReference {
  /** Such as `Deployment`. */
  readonly kind: string;
  /** API group and version, such as `apps/v1`. @defaultValue 'v1' */
  readonly apiVersion?: string;
}

/** A kind of object as the API server's discovery tells it. */
export interface DiscoveredResource {
  /** Plural name in lower case, such as `deployments`. */
  readonly resource: string;
  /** API group; empty for the core group. */
  readonly group: string;
  /** API group and version. */
  readonly apiVersion: string;
  /** Whether its objects live in namespaces. */
  readonly namespaced: boolean;
}

interface ApiResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

/** Finds the resource of a reference's kind; undefined if the API server does not serve it. Any logged-in user may ask. */
export async function discoverResource(
  client: KubernetesClient,
  { kind, apiVersion = 'v1' }: KindReference,
): Promise<DiscoveredResource | undefined> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  if (!version) return undefined;
  const list = await orUndefined(
    client.get<ApiResourceList>(
      group === '' ? `/api/${version}` : `/apis/${group ?? ''}/${version}`,
    ),
  );
  const found = list?.resources.find((entry) => entry.kind === kind && !entry.name.includes('/'));
  if (found === undefined) return undefined;
  return {
    resource: found.name,
    group: group ?? '',
    apiVersion,
    namespaced: found.namespaced,
  };
}

/** The version of a group that the API server prefers, such as `v1beta2`; undefined if nobody serves the group. */
export async function preferredVersion(
  client: KubernetesClient,
  group: string,
): Promise<string | undefined> {
  const found = await orUndefined(
    client.get<{ readonly preferredVersion?: { readonly version?: string } }>(`/apis/${group}`),
  );
  return found?.preferredVersion?.version;
}

/** Path of the `/scale` of a target in a namespace; undefined if its kind is unknown. */
export async function scalePath(
  client: KubernetesClient,
  namespace: string,
  target: KindReference & { readonly name: string },
): Promise<string | undefined> {
  const found = await discoverResource(client, target);
  if (found === undefined) return undefined;
  const { apiVersion, resource } = found;
  return resourcePath({
    apiVersion,
    resource,
    namespace,
    name: target.name,
    subresource: 'scale',
  });
}

/** Undefined instead of a BellowsError `ERR_KUBERNETES_NOT_FOUND`. */
export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (BellowsError.is(error) && error.code === 'ERR_KUBERNETES_NOT_FOUND') return undefined;
    throw error;
  }
}
