import { apiStatusOf, type KubernetesClient } from '@bellows/kubernetes';
import {
  ALL_APIS,
  apiServiceName,
  apiServicePath,
  forgetOwner,
  formerOwner,
  leadsTo,
  type ServedApi,
  type ServiceReference,
} from './api-service.ts';
import { readApiService } from './register-api.ts';

/** What {@link unregister} did with one APIService. */
export interface Unregistered {
  /** Name of the APIService. */
  readonly name: string;
  /** `absent`: there is none; `foreign`: it is somebody else's and was left; `returned`: it leads to its owner from before us again. */
  readonly result: 'removed' | 'returned' | 'absent' | 'foreign';
}

/**
 * Takes our APIServices away, so that Service and pods can go without leaving an API that nobody answers: such a one makes discovery fail
 * and keeps namespaces from ending. One that was taken over is given back if its former owner's Service is still there.
 *
 * @param service - The Service that leads to the adapter.
 * @throws BellowsError of the client, when the API server does not let us.
 */
export async function unregister(
  client: KubernetesClient,
  service: ServiceReference,
): Promise<readonly Unregistered[]> {
  const done: Unregistered[] = [];
  for (const api of ALL_APIS) {
    done.push({ name: apiServiceName(api), result: await unregisterApi(api, client, service) });
  }
  return done;
}

async function unregisterApi(
  api: ServedApi,
  client: KubernetesClient,
  service: ServiceReference,
): Promise<Unregistered['result']> {
  const found = await readApiService(api, client);
  if (found === undefined) return 'absent';
  if (!leadsTo(found, service)) return 'foreign';
  const former = formerOwner(found);
  const { resourceVersion } = found.metadata;
  if (former?.spec.service !== undefined && (await isThere(client, former.spec.service))) {
    const body = {
      metadata: { resourceVersion, annotations: forgetOwner(former) },
      // null removes what the former owner did not have.
      spec: { caBundle: null, insecureSkipTLSVerify: null, ...former.spec },
    };
    const contentType = 'application/merge-patch+json';
    await client.write('PATCH', apiServicePath(api), { body, contentType });
    return 'returned';
  }
  const preconditions = { resourceVersion };
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions };
  await client.write('DELETE', apiServicePath(api), { body });
  return 'removed';
}

async function isThere(client: KubernetesClient, service: ServiceReference): Promise<boolean> {
  const namespace = encodeURIComponent(service.namespace);
  try {
    await client.get(
      `/api/v1/namespaces/${namespace}/services/${encodeURIComponent(service.name)}`,
    );
    return true;
  } catch (error) {
    if (apiStatusOf(error)?.code === 404) return false;
    throw error;
  }
}
