import { nearestSpelling } from '@bellows/core';
import type { ConfigMap, Deployment, Secret } from '../kinds/kinds.ts';
import type { Container, EnvVarSource } from '../kinds/pod-spec.ts';
import {
  describeObject,
  didYouMean,
  mayBeUnread,
  objectsOf,
  type Findings,
  type ReferenceScope,
} from './findings.ts';

/** Finds variables that come from what does not exist, and probes and hooks of ports that have no such name. */
export function checkContainers(scope: ReferenceScope, findings: Findings): void {
  for (const deployment of objectsOf(scope, 'Deployment')) {
    for (const [index, container] of deployment.spec.template.spec.containers.entries()) {
      const field = `spec.template.spec.containers[${index}]`;
      checkEnvironment(deployment, container, field, { scope, findings });
      if (!scope.isSound(deployment, `${field}.ports`)) continue;
      checkNamedPorts(deployment, container, field, findings);
    }
  }
}

interface Context {
  readonly scope: ReferenceScope;
  readonly findings: Findings;
}

function checkEnvironment(
  deployment: Deployment,
  { env, envFrom }: Container,
  field: string,
  context: Context,
): void {
  for (const [index, { valueFrom }] of env.entries()) {
    if (valueFrom === undefined) continue;
    for (const [kind, source] of refsOf(valueFrom)) {
      const at = `${field}.env[${index}].valueFrom.${source}`;
      const ref = valueFrom[source];
      if (ref === undefined || ref.optional === true) continue;
      const object = findSource({ deployment, kind, name: ref.name, field: at }, context);
      if (object === undefined || Object.hasOwn(object.data, ref.key)) continue;
      noteMissingKey({ deployment, field: at, key: ref.key }, object, context);
    }
  }
  for (const [index, { configMapRef, secretRef }] of envFrom.entries()) {
    const at = `${field}.envFrom[${index}]`;
    if (configMapRef !== undefined && configMapRef.optional !== true) {
      const { name } = configMapRef;
      findSource({ deployment, kind: 'ConfigMap', name, field: `${at}.configMapRef` }, context);
    }
    if (secretRef !== undefined && secretRef.optional !== true) {
      const { name } = secretRef;
      findSource({ deployment, kind: 'Secret', name, field: `${at}.secretRef` }, context);
    }
  }
}

function noteMissingKey(
  { deployment, field, key }: Omit<SourceReference, 'kind' | 'name'> & { readonly key: string },
  object: ConfigMap | Secret,
  { scope: { isSound }, findings }: Context,
): void {
  if (!isSound(deployment, field)) return;
  if (!isSound(object, `data[${key}]`) || !isSound(object, `stringData[${key}]`)) return;
  const keys = Object.keys(object.data);
  findings.problem(
    deployment,
    `${field}.key`,
    `${describeObject(object)} has no key ${JSON.stringify(key)}`,
    `${didYouMean(nearestSpelling(key, keys))}Keys: ${keys.join(', ') || 'none'}.`,
  );
}

function refsOf(
  source: EnvVarSource,
): readonly (readonly ['ConfigMap' | 'Secret', 'configMapKeyRef' | 'secretKeyRef'])[] {
  return [
    ...(source.configMapKeyRef ? [['ConfigMap', 'configMapKeyRef'] as const] : []),
    ...(source.secretKeyRef ? [['Secret', 'secretKeyRef'] as const] : []),
  ];
}

interface SourceReference {
  readonly deployment: Deployment;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly field: string;
}

function findSource(
  { deployment, kind, name, field }: SourceReference,
  { scope, findings }: Context,
): ConfigMap | Secret | undefined {
  const { namespace } = deployment.metadata;
  const objects = objectsOf(scope, kind, namespace);
  const found = objects.find((one) => one.metadata.name === name);
  if (found !== undefined) return found;
  if (!scope.isSound(deployment, field) || mayBeUnread(scope, { kind, namespace, name })) {
    return undefined;
  }
  const names = objects.map((one) => one.metadata.name);
  findings.problem(
    deployment,
    `${field}.name`,
    `no ${kind} ${JSON.stringify(name)} in namespace ${namespace}`,
    `${didYouMean(nearestSpelling(name, names))}Add the ${kind}, or set optional: true.`,
  );
  return undefined;
}

function checkNamedPorts(
  deployment: Deployment,
  container: Container,
  field: string,
  findings: Findings,
): void {
  const names = container.ports.flatMap(({ name }) => name ?? []);
  const actions = [
    ['startupProbe', container.startupProbe],
    ['readinessProbe', container.readinessProbe],
    ['livenessProbe', container.livenessProbe],
    ['lifecycle.preStop', container.lifecycle.preStop],
  ] as const;
  for (const [role, action] of actions) {
    if (action === undefined) continue;
    const tcpSocket = 'tcpSocket' in action ? action.tcpSocket : undefined;
    const port = action.httpGet?.port ?? tcpSocket?.port;
    if (typeof port !== 'string' || names.includes(port)) continue;
    const named = names.length === 0 ? 'Its ports have no names.' : `Ports: ${names.join(', ')}.`;
    findings.problem(
      deployment,
      `${field}.${role}.${action.httpGet ? 'httpGet' : 'tcpSocket'}.port`,
      `container ${container.name} has no port named ${JSON.stringify(port)}`,
      `${didYouMean(nearestSpelling(port, names))}${named}`,
    );
  }
}
