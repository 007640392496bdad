import { unregister, type Unregistered } from '@bellows/adapter';
import { createKubernetesClient } from '@bellows/kubernetes';
import { readServiceReference } from './service-reference.ts';

/** Which adapter is taken away. */
export interface UninstallOptions {
  /** `NAMESPACE/NAME` of the Service that leads to it. */
  readonly service: string;
  /** As kubectl when absent. */
  readonly kubeconfig?: string;
  /** As kubectl when absent. */
  readonly context?: string;
}

const WORDS: Readonly<Record<Unregistered['result'], string>> = {
  removed: 'removed',
  returned: 'given back to its owner from before',
  absent: 'not there',
  foreign: 'left, since it leads to another Service',
};

/** Takes the adapter's APIServices away and returns what was done, for people. */
export async function uninstall(options: UninstallOptions): Promise<string> {
  const service = readServiceReference(options.service);
  const { kubeconfig, context } = options;
  const client = await createKubernetesClient({
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
  });
  try {
    const done = await unregister(client, service);
    return done.map(({ name, result }) => `${name}: ${WORDS[result]}`).join('\n');
  } finally {
    client.close();
  }
}
