import { BellowsError, type DecisionRecord } from '@bellows/core';
import { decide, toDecisionRecord } from '@bellows/hpa';
import { createKubernetesClient } from '@bellows/kubernetes';
import { assumedState } from './assumed-state.ts';
import { certaintyOf, type FieldCertainty } from './certainty.ts';
import type { ClusterQuestion, ControllerFlags } from './cluster-question.ts';
import { compareWithController, type ControllerAgreement } from './controller-agreement.ts';
import { findHpa, readCluster } from './read-cluster.ts';

/** What a live cluster's HPA decides from what can be read now. */
export interface ClusterDecision {
  /** As a run would have recorded it, with what it was made from. */
  readonly record: DecisionRecord;
  /** The kubeconfig's context. */
  readonly context: string;
  /** URL of the API server. */
  readonly server: string;
  /** Beside what the controller wrote. */
  readonly agreement: ControllerAgreement;
  /** How sure it is. */
  readonly certainty: readonly FieldCertainty[];
}

/**
 * Reads an HPA and what it decides from, and decides as the controller would at its next sync. Only reads.
 *
 * @param name - Undefined for the namespace's only one.
 * @throws BellowsError `ERR_KUBERNETES_…`, as rejection.
 */
export async function explainCluster(
  question: ClusterQuestion,
  name: string | undefined,
): Promise<ClusterDecision> {
  const { kubeconfig, context, flags } = question;
  const client = await createKubernetesClient({
    userAgent: 'bellows-explain',
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
  });
  try {
    const namespace = question.namespace ?? client.namespace;
    const found = await findHpa(client, namespace, name);
    const reading = await readCluster(client, found, flags);
    const { autoscaler, observation, atMs: nowMs } = reading;
    const stateBefore = assumedState(reading.hpa, nowMs);
    const decision = decide(autoscaler, observation, stateBefore, nowMs);
    const record = toDecisionRecord({
      ...{ autoscaler, observation, decision, nowMs, stateBefore },
      source: 'shadow',
    });
    return {
      record,
      context: client.context,
      server: client.server,
      agreement: compareWithController(reading, decision.status),
      certainty: certaintyOf(reading, flagTexts(flags)),
    };
  } catch (error) {
    throw withRights(error);
  } finally {
    client.close();
  }
}

function flagTexts(flags: ControllerFlags): string[] {
  return Object.entries(flags).map(([name, value]) => `${name} ${String(value)}`);
}

/** Which rights are enough stands in the reference, as a manifest to apply. */
function withRights(error: unknown): unknown {
  if (!BellowsError.is(error) || error.code !== 'ERR_KUBERNETES_FORBIDDEN') return error;
  return new BellowsError(error.code, error.message, {
    cause: error.cause,
    remedy: 'docs/reference/explain.md has the Role that is enough; have it bound to this user',
  });
}
