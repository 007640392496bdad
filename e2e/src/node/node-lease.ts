import { apiStatusOf, resourcePath, type KubernetesClient } from '@bellows/kubernetes';

const LEASES = {
  apiVersion: 'coordination.k8s.io/v1',
  resource: 'leases',
  namespace: 'kube-node-lease',
} as const;

/** Whose lease it is. */
export interface LeaseHolder {
  readonly name: string;
  /** Of the Node object. */
  readonly uid: string;
  readonly leaseSeconds: number;
}

/** Says that a node is alive: renews its lease, or makes it. */
export async function renewLease(client: KubernetesClient, holder: LeaseHolder): Promise<void> {
  const { name, uid, leaseSeconds } = holder;
  const spec = {
    holderIdentity: name,
    leaseDurationSeconds: leaseSeconds,
    // `metav1.MicroTime`.
    renewTime: new Date().toISOString().replace('Z', '000Z'),
  };
  try {
    await client.write('PATCH', resourcePath({ ...LEASES, name }), {
      contentType: 'application/merge-patch+json',
      body: { spec },
    });
  } catch (error) {
    if (apiStatusOf(error)?.code !== 404) throw error;
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid }];
    await client.write('POST', resourcePath(LEASES), {
      body: { metadata: { name, ownerReferences }, spec },
    });
  }
}
