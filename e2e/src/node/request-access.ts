import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { KubernetesClient } from '@bellows/kubernetes';

/** What a kubelet's server may be asked for, as subresources of the Node. */
export type NodeSubresource = 'proxy' | 'metrics';

interface User {
  readonly username: string;
  readonly groups: readonly string[];
}

/**
 * Whether a request to a kubelet's server may be answered: 200, 401 or 403. Asked by a certificate of the cluster's authority or
 * a token that the API server knows, allowed by what the API server says of `nodes/SUBRESOURCE`.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/server/auth.go (NewNodeAuthorizerAttributesGetter)
 */
export async function requestAccess(
  client: KubernetesClient,
  request: IncomingMessage,
  node: { readonly name: string; readonly subresource: NodeSubresource },
): Promise<200 | 401 | 403> {
  const user = certificateUser(request.socket) ?? (await tokenUser(client, request));
  if (user === undefined) return 401;
  const { status } = await client.write<{ readonly status: { readonly allowed?: boolean } }>(
    'POST',
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    {
      body: {
        spec: {
          user: user.username,
          groups: user.groups,
          resourceAttributes: {
            ...{ verb: 'get', version: 'v1', resource: 'nodes' },
            ...node,
          },
        },
      },
    },
  );
  return status.allowed === true ? 200 : 403;
}

function certificateUser(socket: Socket): User | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const { subject } = socket.getPeerCertificate();
  const { O: organizations = [], CN: username } = subject as { O?: string | string[]; CN?: string };
  if (username === undefined) return undefined;
  return { username, groups: [...[organizations].flat(), 'system:authenticated'] };
}

async function tokenUser(
  client: KubernetesClient,
  { headers }: IncomingMessage,
): Promise<User | undefined> {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const { status } = await client.write<{
    readonly status: { readonly authenticated?: boolean; readonly user?: Partial<User> };
  }>('POST', '/apis/authentication.k8s.io/v1/tokenreviews', { body: { spec: { token } } });
  const { username, groups = [] } = status.user ?? {};
  if (status.authenticated !== true || username === undefined) return undefined;
  return { username, groups };
}
