import { messageOf } from '../failure-log.ts';
import type { PoolDriver } from './pool-driver.ts';

/**
 * Share of pods that a Deployment adds while it rolls out a new version.
 * @see kubernetes/kubernetes v1.37.0 pkg/apis/apps/v1/defaults.go SetDefaults_Deployment
 */
const MAX_SURGE = 0.25;

/** Time the server has to tell its limit, in milliseconds. */
const ASK_TIMEOUT_MS = 5_000;

/** How a pool is compared with its server. */
export interface Deployment {
  /** As its HorizontalPodAutoscaler has it. */
  readonly maxReplicas: number;
}

/** What a pool may need at worst: all replicas, and those of a rollout, with all their connections. */
export function connectionsNeeded(poolSize: number, { maxReplicas }: Deployment): number {
  return Math.ceil(maxReplicas * (1 + MAX_SURGE)) * poolSize;
}

/** Compares a pool with its server's limit. @returns a sentence when it does not fit, or cannot be known. */
export async function compareWithServer<Connection>(
  driver: PoolDriver<Connection>,
  use: <Result>(
    work: (connection: Connection) => Promise<Result>,
    timeoutMs: number,
  ) => Promise<Result>,
  deployment: Deployment,
): Promise<readonly string[]> {
  const { max } = driver.state();
  try {
    const ask = (connection: Connection): ReturnType<typeof driver.askServerLimit> =>
      driver.askServerLimit(connection);
    const { connections, setting } = await use(ask, ASK_TIMEOUT_MS);
    const needed = connectionsNeeded(max, deployment);
    if (needed <= connections) return [];
    const { maxReplicas } = deployment;
    return [
      `${maxReplicas} replicas and a quarter more in a rollout, ${max} connections each, need ${needed}; ` +
        `the server takes ${connections} (${setting}): lower the pool's size or maxReplicas, or put a pooler in between`,
    ];
  } catch (error) {
    return [`the server could not be asked for its limit on connections: ${messageOf(error)}`];
  }
}
