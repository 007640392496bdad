import { BellowsError } from '@bellows/core';
import type {
  ConfigMap,
  Container,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  Secret,
} from '@bellows/manifest';
import { expandVariables } from './expand-variables.ts';
import { readPodField, type PodFields } from './field-ref.ts';
import { readResourceField } from './resource-field.ts';

/** Where the variables of a container come from. */
export interface EnvironmentSources {
  readonly pod: PodFields;
  /** All containers of the pod: `resourceFieldRef` may name another one. */
  readonly containers: readonly Container[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  /** Variables that the manifest may override and refer to: the pod's address, those of Services. */
  readonly given: ReadonlyMap<string, string>;
}

/**
 * The variables of a container: `given`, then `envFrom`, then `env`, where the later wins. A value of
 * `env` may use `$(NAME)` of what stands before it.
 *
 * @throws BellowsError `ERR_KUBELET_ENVIRONMENT` for a ConfigMap, Secret or key that is missing and not
 *   optional, and for a field that cannot be read.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables)
 */
export function containerEnvironment(
  container: Container,
  sources: EnvironmentSources,
): Map<string, string> {
  const variables = new Map(sources.given);
  for (const source of container.envFrom) {
    for (const [name, value] of readEnvFrom(source, sources)) variables.set(name, value);
  }
  for (const variable of container.env) {
    const value = readVariable(variable, { container, sources, variables });
    if (value !== undefined) variables.set(variable.name, value);
  }
  return variables;
}

interface Reading {
  readonly container: Container;
  readonly sources: EnvironmentSources;
  readonly variables: ReadonlyMap<string, string>;
}

function readVariable(variable: EnvVar, reading: Reading): string | undefined {
  if (variable.valueFrom === undefined) {
    return expandVariables(variable.value ?? '', reading.variables);
  }
  return readSource(variable.valueFrom, variable.name, reading);
}

function readSource(source: EnvVarSource, name: string, reading: Reading): string | undefined {
  const { container, sources } = reading;
  if (source.fieldRef !== undefined) {
    const { fieldPath } = source.fieldRef;
    return (
      readPodField(fieldPath, sources.pod) ?? fail(name, `unsupported fieldPath: ${fieldPath}`)
    );
  }
  if (source.resourceFieldRef !== undefined) {
    const named = source.resourceFieldRef.containerName ?? container.name;
    const owner = sources.containers.find((candidate) => candidate.name === named);
    if (owner === undefined) return fail(name, `container "${named}" not found`);
    return readResourceField(source.resourceFieldRef, owner);
  }
  if (source.configMapKeyRef !== undefined) {
    return readKey('ConfigMap', source.configMapKeyRef, dataOf('ConfigMap', sources));
  }
  if (source.secretKeyRef !== undefined) {
    return readKey('Secret', source.secretKeyRef, dataOf('Secret', sources));
  }
  return fail(name, 'valueFrom names no source');
}

type Kind = 'ConfigMap' | 'Secret';
type DataByName = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The objects of one kind in the pod's namespace, as text. */
function dataOf(kind: Kind, sources: EnvironmentSources): DataByName {
  const { namespace } = sources.pod.metadata;
  const decoder = new TextDecoder();
  const objects = kind === 'ConfigMap' ? sources.configMaps : sources.secrets;
  return new Map(
    objects
      .filter((object) => object.metadata.namespace === namespace)
      .map((object) => [
        object.metadata.name,
        new Map(
          Object.entries<string | Uint8Array>(object.data).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : decoder.decode(value),
          ]),
        ),
      ]),
  );
}

function readKey(
  kind: Kind,
  reference: { readonly name: string; readonly key: string; readonly optional?: boolean },
  objects: DataByName,
): string | undefined {
  const data = objects.get(reference.name);
  const value = data?.get(reference.key);
  if (value !== undefined || reference.optional === true) return value;
  return fail(
    reference.name,
    data === undefined
      ? `${kind.toLowerCase()} "${reference.name}" not found`
      : `couldn't find key ${reference.key} in ${kind} ${reference.name}`,
  );
}

function readEnvFrom(source: EnvFromSource, sources: EnvironmentSources): [string, string][] {
  const kind: Kind = source.configMapRef === undefined ? 'Secret' : 'ConfigMap';
  const reference = source.configMapRef ?? source.secretRef;
  if (reference === undefined) return [];
  const data = dataOf(kind, sources).get(reference.name);
  if (data === undefined) {
    return reference.optional === true
      ? []
      : fail(reference.name, `${kind.toLowerCase()} "${reference.name}" not found`);
  }
  // A process cannot be given a name with '=' or an empty one; upstream skips those keys as well.
  return [...data]
    .map(([key, value]): [string, string] => [`${source.prefix ?? ''}${key}`, value])
    .filter(([name]) => name !== '' && !name.includes('=') && !name.includes('\0'));
}

function fail(field: string, message: string): never {
  throw new BellowsError('ERR_KUBELET_ENVIRONMENT', message, {
    place: { field },
    remedy: 'Add it to the manifests, or mark the reference `optional: true`.',
  });
}
