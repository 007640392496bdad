import { observeStatus, type ApiHpa, type HpaState } from '@bellows/hpa';

/**
 * The controller's state before its next decision, as far as it can be told from the status it wrote. Its memory is in no API: of
 * its recommendations the last is the count it decided on, so that is the only one assumed, and of its scale events none is.
 *
 * @param nowMs - The latest time that recommendation can be of.
 */
export function assumedState(hpa: ApiHpa, nowMs: number): HpaState {
  const known = observeStatus(hpa.status);
  return {
    status: known,
    memory: {
      recommendations:
        known.desiredReplicas > 0 ? [{ atMs: nowMs, replicas: known.desiredReplicas }] : null,
      scaleUpEvents: [],
      scaleDownEvents: [],
    },
  };
}
