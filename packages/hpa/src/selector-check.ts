import type { Autoscaler } from './autoscaler.ts';
import type { HpaObservation } from './observation.ts';
import { readSelectorText } from './label-selectors.ts';

/** Why a target's selector cannot be used. */
export interface SelectorProblem {
  /** Reason of the event. */
  readonly eventReason: 'SelectorRequired' | 'InvalidSelector' | 'AmbiguousSelector';
  /** Reason of the condition ScalingActive. */
  readonly conditionReason: 'InvalidSelector' | 'AmbiguousSelector';
  readonly conditionMessage: string;
  /** Message of the event, and the reconcile's error. */
  readonly error: string;
}

/**
 * Checks that the target's selector can be read and that no other HPA of the namespace selects one of its
 * pods. Undefined if all is well.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go validateAndParseSelector
 */
export function checkSelector(
  autoscaler: Autoscaler,
  selector: string,
  observation: HpaObservation,
): SelectorProblem | undefined {
  if (selector === '') {
    return {
      eventReason: 'SelectorRequired',
      conditionReason: 'InvalidSelector',
      conditionMessage: "the HPA target's scale is missing a selector",
      error: 'selector is required',
    };
  }
  const parsed = readSelectorText(selector);
  if (!parsed.ok) {
    const error = `couldn't convert selector into a corresponding internal selector object: ${parsed.error}`;
    const reason = 'InvalidSelector';
    return { eventReason: reason, conditionReason: reason, conditionMessage: error, error };
  }
  const names = selectingAutoscalers(autoscaler, observation);
  if (names.length < 2) return undefined;
  const error = `pods by selector ${selector} are controlled by more than one HPA (e.g. [${names.join(' ')}])`;
  const reason = 'AmbiguousSelector';
  return { eventReason: reason, conditionReason: reason, conditionMessage: error, error };
}

/**
 * HPAs that select one of the pods, two at most. Upstream names them in no order; here they are sorted.
 */
function selectingAutoscalers(autoscaler: Autoscaler, observation: HpaObservation): string[] {
  const { pods, otherAutoscalers = [] } = observation;
  if (pods.length === 0) return [];
  const others = otherAutoscalers.filter(({ name, selector }) => {
    const parsed = readSelectorText(selector);
    const isOther = name !== autoscaler.name && selector !== '';
    return isOther && parsed.ok && pods.some(({ labels = {} }) => parsed.value.matches(labels));
  });
  return [autoscaler.name, ...others.map(({ name }) => name)]
    .map((name) => `${autoscaler.namespace}/${name}`)
    .sort()
    .slice(0, 2);
}
