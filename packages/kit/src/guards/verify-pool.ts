import { messageOf } from '../message-of.ts';
import type { Guard } from './guard.ts';
import type { PoolDriver } from './pool-driver.ts';

/**
 * Share of pods that a Deployment adds while it rolls out a new version.
 * @see kubernetes/kubernetes v1.37.0 pkg/apis/apps/v1/defaults.go SetDefaults_Deployment
 */
const MAX_SURGE = 0.25;

/** Time the server has to tell its limit, in seconds. */
const ASK_TIMEOUT_SECONDS = 5;

/** What a pool may need at worst: all replicas, and those of a rollout, with all their connections. */
export function connectionsNeeded(poolSize: number, maxReplicas: number): number {
  return Math.ceil(maxReplicas * (1 + MAX_SURGE)) * poolSize;
}

/**
 * Compares a pool with its server's limit.
 * @param maxReplicas - As the HorizontalPodAutoscaler of the service has it.
 * @returns a sentence when it does not fit, or cannot be known. Never rejects.
 */
export async function compareWithServer<Connection>(
  driver: PoolDriver<Connection>,
  use: Guard<Connection>['use'],
  maxReplicas: number,
): Promise<readonly string[]> {
  const { max } = driver.state();
  try {
    const { connections, setting } = await use((connection) => driver.askServerLimit(connection), {
      timeoutSeconds: ASK_TIMEOUT_SECONDS,
    });
    const needed = connectionsNeeded(max, maxReplicas);
    if (needed <= connections) return [];
    return [
      `${maxReplicas} replicas and a quarter more in a rollout, ${max} connections each, need ${needed}; ` +
        `the server takes ${connections} (${setting}): lower the pool's size or maxReplicas, or put a pooler in between`,
    ];
  } catch (error) {
    return [`the server could not be asked for its limit on connections: ${messageOf(error)}`];
  }
}
