import { BellowsError } from '@bellows/core';
import type {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  ManifestObject,
  Secret,
  Service,
} from '@bellows/manifest';

/** The objects of a run by kind, each in the order given, all of one namespace. */
export interface RunObjects {
  /** At least one. */
  readonly deployments: readonly Deployment[];
  readonly services: readonly Service[];
  readonly autoscalers: readonly HorizontalPodAutoscaler[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
}

/**
 * Sorts the objects of a run by kind. PodDisruptionBudgets are left out: scaling does not ask them, on
 * Kubernetes either.
 *
 * @param hasWords - Whether a command was given after `--`.
 * @throws {@link BellowsError} `ERR_SUPERVISOR_OBJECTS` when there is no Deployment, two objects have
 *   one name, they are of several namespaces, or a command was given and it is not clear to which
 *   Deployment.
 */
export function runObjects(objects: readonly ManifestObject[], hasWords: boolean): RunObjects {
  rejectDuplicates(objects);
  requireOneNamespace(objects);
  const deployments = objects.filter((object) => object.kind === 'Deployment');
  if (deployments.length === 0) {
    throw new BellowsError(
      'ERR_SUPERVISOR_OBJECTS',
      `expected at least one Deployment, got ${kindsOf(objects)}`,
      { remedy: 'Add a Deployment, or start a command alone: bellows up -- node server.js' },
    );
  }
  if (hasWords && deployments.length > 1) {
    const names = deployments.map(({ metadata }) => metadata.name).join(', ');
    throw new BellowsError(
      'ERR_SUPERVISOR_OBJECTS',
      `the command after -- replaces that of one Deployment, but there are ${deployments.length}: ${names}`,
      {
        remedy:
          'Annotate the pod template of each Deployment with bellows.dev/command instead, or select one with -f.',
      },
    );
  }
  return {
    deployments,
    services: objects.filter((object) => object.kind === 'Service'),
    autoscalers: objects.filter((object) => object.kind === 'HorizontalPodAutoscaler'),
    configMaps: objects.filter((object) => object.kind === 'ConfigMap'),
    secrets: objects.filter((object) => object.kind === 'Secret'),
  };
}

function rejectDuplicates(objects: readonly ManifestObject[]): void {
  const seen = new Map<string, ManifestObject>();
  for (const object of objects) {
    const { kind, metadata, source } = object;
    const key = `${kind} ${metadata.namespace}/${metadata.name}`;
    const first = seen.get(key);
    if (first !== undefined) {
      throw new BellowsError(
        'ERR_SUPERVISOR_OBJECTS',
        `${key} is there twice: first at ${first.source.file}:${first.source.line}`,
        { place: source, remedy: 'Remove one of the two, or rename it.' },
      );
    }
    seen.set(key, object);
  }
}

/** Addresses, variables and names in a run are those of one namespace: nothing keeps two apart. */
function requireOneNamespace(objects: readonly ManifestObject[]): void {
  const [first] = objects;
  if (first === undefined) return;
  const { namespace } = first.metadata;
  const other = objects.find(({ metadata }) => metadata.namespace !== namespace);
  if (other === undefined) return;
  throw new BellowsError(
    'ERR_SUPERVISOR_OBJECTS',
    `expected objects of one namespace, got ${other.kind} ${other.metadata.name} of ${other.metadata.namespace} ` +
      `beside ${first.kind} ${first.metadata.name} of ${namespace} at ${first.source.file}:${first.source.line}`,
    {
      place: other.source,
      remedy:
        "Run one namespace's files at a time, or give all objects the same metadata.namespace; without one it is default.",
    },
  );
}

function kindsOf(objects: readonly ManifestObject[]): string {
  return [...new Set(objects.map(({ kind }) => kind))].join(', ') || 'no objects';
}
