import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { BellowsError } from '@bellows/core';
import type { KubeConfig } from '@kubernetes/client-node';
import { loadKubeConfig, type KubeConfigOptions } from './load-kube-config.ts';

/** Where the API server is, and what goes with each request to it. */
export interface ClusterConnection {
  /** URL of the API server, without a slash at its end. */
  readonly server: string;
  /** The kubeconfig's context. */
  readonly context: string;
  /** The context's namespace. */
  readonly namespace: string;
  /**
   * Agent and credentials of the next request. Files and credential plugins are asked again when what they gave has expired.
   *
   * @throws BellowsError `ERR_KUBERNETES_UNAUTHORIZED` when a file or plugin gives no credentials.
   */
  requestOptions(): Promise<RequestOptions>;
  /**
   * Reads the kubeconfig again, its files and what its plugins give: the client itself reads a token file once a minute and
   * certificates never again.
   *
   * @throws BellowsError `ERR_KUBERNETES_CONFIG`.
   */
  renew(): Promise<void>;
  /** Closes the connections that wait for a next request. */
  close(): void;
}

/**
 * Connects to the cluster of a kubeconfig; nothing is sent yet.
 *
 * @throws BellowsError `ERR_KUBERNETES_CONFIG`.
 */
export async function createClusterConnection(
  options: KubeConfigOptions,
): Promise<ClusterConnection> {
  let config = await loadKubeConfig(options);
  const cluster = config.getCurrentCluster();
  const context = config.getContextObject(config.getCurrentContext());
  if (!cluster || !context) throw new BellowsError('ERR_KUBERNETES_CONFIG', 'no current context');
  const agents = new AgentKeeper();
  return {
    server: cluster.server,
    context: context.name,
    namespace: context.namespace ?? 'default',
    requestOptions: async () => agents.reuse(await credentials(config), cluster),
    renew: async () => {
      config = await loadKubeConfig(options);
    },
    close: () => {
      agents.destroy();
    },
  };
}

async function credentials(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
    return options;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim() : String(cause);
    throw new BellowsError(
      'ERR_KUBERNETES_UNAUTHORIZED',
      `the kubeconfig's user ${config.getCurrentUser()?.name ?? ''} has no credentials: ${said}`,
      { cause, remedy: 'log in to the cluster again, or mend the file or command the user names' },
    );
  }
}

interface Cluster {
  readonly server: string;
  readonly proxyUrl?: string;
}

/** One agent for as long as certificates stay the same: the client makes a new one, without keep-alive, for each request. */
class AgentKeeper {
  #agent: HttpAgent | undefined;
  #made = '';

  reuse(options: RequestOptions, cluster: Cluster): RequestOptions {
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    const made = JSON.stringify([ca, cert, key, servername, rejectUnauthorized].map(String));
    if (this.#agent === undefined || made !== this.#made) {
      this.#agent?.destroy();
      this.#agent = agentOf(options, cluster);
      this.#made = made;
    }
    return { ...options, agent: this.#agent };
  }

  destroy(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }
}

function agentOf(options: RequestOptions, cluster: Cluster): HttpAgent {
  // Only the client knows how to go through a proxy.
  if (cluster.proxyUrl !== undefined) return options.agent as HttpAgent;
  if (cluster.server.startsWith('http:')) return new HttpAgent({ keepAlive: true });
  const { ca, cert, key, servername, rejectUnauthorized } = options;
  return new HttpsAgent({
    keepAlive: true,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  });
}
