import { setTimeout as sleep } from 'node:timers/promises';
import { apiStatusOf, resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import { parseManifests, type ConfigMap, type Secret } from '@bellows/manifest';
import type { ApiPod } from './api-pod.ts';

/** What the variables of a pod may refer to. */
export interface PodSources {
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  /** Variables of Services. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Reads the ConfigMaps and Secrets that a pod's variables name; those that do not exist are left out, and the kubelet says so.
 *
 * @throws BellowsError of the API server's refusals and silence.
 */
export async function readPodSources(
  client: KubernetesClient,
  { metadata, spec }: ApiPod,
): Promise<Omit<PodSources, 'environment'>> {
  const froms = spec.containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => [
      valueFrom?.configMapKeyRef?.name,
      valueFrom?.secretKeyRef?.name,
    ]),
    ...envFrom.map(({ configMapRef, secretRef }) => [configMapRef?.name, secretRef?.name]),
  ]);
  const read = async (resource: string, names: readonly (string | undefined)[]) => {
    const found = [];
    for (const name of new Set(names)) {
      if (name === undefined) continue;
      const { namespace } = metadata;
      const path = resourcePath({ apiVersion: 'v1', resource, namespace, name });
      found.push(...(await readObject(client, path)));
    }
    return found;
  };
  const configMaps = await read(
    'configmaps',
    froms.map(([name]) => name),
  );
  const secrets = await read(
    'secrets',
    froms.map(([, name]) => name),
  );
  return {
    configMaps: configMaps.filter((object) => object.kind === 'ConfigMap'),
    secrets: secrets.filter((object) => object.kind === 'Secret'),
  };
}

const FORBIDDEN_TRIES = 50;
const TRY_AGAIN_MS = 100;

/** The API server lets a node read what its pods refer to, as soon as it has heard itself that the pod is there. */
async function readObject(client: KubernetesClient, path: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      const object = await client.get<object>(path);
      return parseManifests([{ file: path, text: JSON.stringify(object) }]).objects;
    } catch (error) {
      const code = apiStatusOf(error)?.code;
      if (code === 404) return [];
      if (code !== 403 || attempt === FORBIDDEN_TRIES) throw error;
      await sleep(TRY_AGAIN_MS);
    }
  }
}
