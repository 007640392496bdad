import type { KubernetesObject } from '@bellows/kubernetes';
import { serviceEnvironment } from '@bellows/supervisor';

/** `v1 Service` as the API server sends it, as far as it is used here. */
export interface ApiService extends KubernetesObject {
  /** What it is. */
  readonly spec: {
    /** `None` for one without an address. */
    readonly clusterIP?: string;
    /** Absent where there are none. */
    readonly ports?: readonly {
      readonly name?: string;
      readonly port: number;
      readonly protocol?: string;
    }[];
  };
}

/** Whether a Service has an address in the cluster. */
export function hasClusterIP({ spec: { clusterIP } }: ApiService): boolean {
  return clusterIP !== undefined && clusterIP !== '' && clusterIP !== 'None';
}

/**
 * The variables by which a pod finds the Services of its namespace, and the API server.
 *
 * @param links - `enableServiceLinks` of the pod.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go (getServiceEnvVarMap)
 */
export function serviceVariables(
  services: readonly ApiService[],
  namespace: string,
  links: boolean,
): Record<string, string> {
  const isApiServer = ({ metadata }: ApiService): boolean =>
    metadata.namespace === 'default' && metadata.name === 'kubernetes';
  const chosen = services
    .filter(hasClusterIP)
    .filter((one) => isApiServer(one) || (links && one.metadata.namespace === namespace));
  // Those of the pod's own namespace win over the API server's.
  const ordered = [...chosen.filter(isApiServer), ...chosen.filter((one) => !isApiServer(one))];
  return Object.assign({}, ...ordered.map(variablesOf)) as Record<string, string>;
}

function variablesOf({ metadata, spec }: ApiService): Record<string, string> {
  const { name, namespace = '' } = metadata;
  const address = spec.clusterIP ?? '';
  const ports = (spec.ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map((port) => ({ name: port.name ?? '', port: port.port, address, localPort: port.port }));
  return serviceEnvironment({ metadata: { name, namespace, labels: {}, annotations: {} } }, ports);
}
