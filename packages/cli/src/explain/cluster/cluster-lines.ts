import { named } from '../text-lines.ts';
import type { ControllerAgreement } from './controller-agreement.ts';
import type { ClusterDecision } from './explain-cluster.ts';

/** Which cluster it was, what its controller's status says beside ours, and how sure everything is. */
export function clusterLines({
  context,
  server,
  agreement,
  certainty,
}: Omit<ClusterDecision, 'record'>): string[] {
  const differing = agreement.fields.filter(({ agrees }) => !agrees);
  return [
    named('cluster', `${context} (${server})`),
    named('controller', verdict(agreement, differing.length)),
    ...differing.map(({ field, controller, ours }) =>
      named('', `${field}: ${controller}, here ${ours}`),
    ),
    ...agreement.reasons.map((reason, index) => named(index === 0 ? 'it may be' : '', reason)),
    '',
    ...certainty.map(({ field, certainty: how, because }) => named(how, `${field}: ${because}`)),
  ];
}

function verdict({ agrees, desiredReplicas }: ControllerAgreement, differing: number): string {
  const rest = differing === 0 ? '; all else in its status is the same, too' : '';
  if (desiredReplicas === null) return `has decided on no count yet${rest}`;
  return agrees
    ? `wants ${desiredReplicas}, as here${rest}`
    : `wants ${desiredReplicas} since its last sync, not so here`;
}
