import type { DecisionRecord, DecisionStep } from '@bellows/core';
import type { ReasonCode } from './words/reasons.ts';

/** Why a count was not decided on. */
export interface WhyNot {
  /** The step that prevented it; undefined if it was decided on, or nothing was decided. */
  readonly step?: DecisionStep;
  /** In words. */
  readonly text: string;
  /** The same as a code; absent if the count was decided on. */
  readonly code?: string;
}

/** Reasons that name the bound themselves. */
const BOUND_CODES: readonly string[] = [
  'max-replicas',
  'min-replicas',
  'above-max',
  'below-min',
] satisfies readonly ReasonCode[];

/**
 * Finds the first step that prevented a count: from it on, the number stayed on the other side.
 *
 * @param replicas - 0 or more.
 */
export function whyNot(record: DecisionRecord, replicas: number): WhyNot {
  const { steps, replicas: counts, text, reason } = record;
  const { desired, min, max } = counts;
  if (record.verdict === 'blocked') {
    return { text: `Nothing was decided. ${text}`, ...(reason !== undefined && { code: reason }) };
  }
  if (replicas === desired) return { text: `${replicas} is what was decided. ${text}` };
  const isOff = ({ out }: DecisionStep): boolean =>
    replicas > desired ? out < replicas : out > replicas;
  const lastFine = steps.findLastIndex((step) => !isOff(step));
  const step = steps[lastFine + 1];
  if (step === undefined) {
    return {
      text: `Not ${replicas}: ${text}`,
      ...(reason !== undefined && { code: reason }),
    };
  }
  const { because, code } = step;
  const bound =
    replicas > max
      ? `; nor could it be more than maxReplicas, ${max}`
      : replicas < min
        ? `; nor could it be fewer than minReplicas, ${min}`
        : '';
  const isBoundItself = code !== undefined && BOUND_CODES.includes(code);
  return {
    step,
    text: `Not ${replicas}: ${because}${isBoundItself ? '' : bound}`,
    ...(code !== undefined && { code }),
  };
}
