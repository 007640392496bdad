import { randomBytes } from 'node:crypto';
import { createKubernetesClient, resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import type { ControlPlaneInfo } from './kube/control-plane.ts';
import { kubectl } from './kube/kubectl.ts';

/** A namespace for one test on a control plane that others use, too. */
export interface TestNamespace {
  /** Its name. */
  readonly name: string;
  /** The control plane it is on. */
  readonly info: ControlPlaneInfo;
  /** Asks as administrator. */
  readonly client: KubernetesClient;
  /** Runs kubectl in it. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Applies objects, which need not name the namespace. */
  apply(...objects: readonly object[]): Promise<void>;
  /** Asks for its deletion and closes the client; the control plane removes what is in it. */
  delete(): Promise<void>;
}

/** Makes a namespace with a name of its own. */
export async function createTestNamespace(info: ControlPlaneInfo): Promise<TestNamespace> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  const client = await createKubernetesClient({ kubeconfig: info.kubeconfig });
  const namespaces = resourcePath({ apiVersion: 'v1', resource: 'namespaces' });
  await client.write('POST', namespaces, {
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  const run = (args: readonly string[], input?: string): Promise<string> =>
    kubectl(info, [`--namespace=${name}`, ...args], input);
  return {
    name,
    info,
    client,
    kubectl: run,
    apply: async (...items) => {
      const list = { apiVersion: 'v1', kind: 'List', items };
      await run(['apply', '-f', '-'], JSON.stringify(list));
    },
    delete: async () => {
      await client.write('DELETE', `${namespaces}/${name}`);
      client.close();
    },
  };
}
