import type { Pod } from '@bellows/kubelet';
import {
  parseManifests,
  podCommand,
  podWorkingDirectory,
  type Deployment,
} from '@bellows/manifest';
import type { ApiPod } from './api-pod.ts';
import { imageFolder, type ImageFolders } from './image-folder.ts';
import type { PodSources } from './pod-sources.ts';

/**
 * The pod that the kubelet runs for one of the API server's. Its spec is read by the same code as a Deployment's template in a
 * manifest, with the same `bellows.dev/…` annotations, so that a process here is what `bellows up` would start.
 *
 * @throws ManifestError for a spec that no process can be made from.
 */
export function podFromApi(pod: ApiPod, sources: PodSources, folders: ImageFolders): Pod {
  const deployment = asDeployment(pod);
  const { template } = deployment.spec;
  const command = podCommand(template);
  const containers = template.spec.containers.map((container, index) =>
    index === 0 && command !== undefined ? { ...container, command, args: [] } : container,
  );
  const { name, namespace, uid, labels = {}, annotations = {} } = pod.metadata;
  return {
    metadata: { name, namespace, uid, labels, annotations },
    spec: {
      ...template.spec,
      containers,
      restartPolicy: pod.spec.restartPolicy ?? 'Always',
    },
    workingDirectory: imageFolder(
      pod.spec.containers[0]?.image,
      podWorkingDirectory(deployment),
      folders,
    ),
    ...sources,
  };
}

/** A template has no restart policy but `Always`, which is put back afterwards; its selector is not looked at. */
function asDeployment({ metadata, spec }: ApiPod): Deployment {
  const { labels, annotations } = metadata;
  const template = {
    metadata: { labels: { ...labels, pod: metadata.uid }, annotations },
    spec: { ...spec, restartPolicy: 'Always', ephemeralContainers: undefined },
  };
  const text = JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: metadata.name, namespace: metadata.namespace },
    spec: { selector: { matchLabels: { pod: metadata.uid } }, template },
  });
  const [object] = parseManifests([{ file: `pod/${metadata.name}`, text }]).objects;
  if (object?.kind !== 'Deployment') throw new Error('a Deployment was read as something else');
  return object;
}
