import type { NextChange } from '@bellows/core';
import type { Autoscaler } from './autoscaler.ts';
import type { Decision } from './decision.ts';
import type { DecisionTrace } from './decision-trace.ts';
import type { HpaMemory } from './hpa-state.ts';
import { normalizeReplicas, type Normalized } from './normalization.ts';
import { PROFILE_1_37 } from './profile.ts';
import { pathReason } from './words/describe-decision.ts';
import { limitReason, stabilizationReason } from './words/limit-words.ts';
import { reasonOf, type Reason } from './words/reason-of.ts';
import { beyondReason } from './words/beyond-words.ts';

/** What {@link nextChange} looks ahead from. */
export interface NextChangeInput {
  /** The same as in the decision. */
  readonly autoscaler: Autoscaler;
  /** From `decide`, or from `failScaleWrite` if the scale could not be written. */
  readonly decision: Decision;
  /** Time of the decision, in milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Longest window and longest policy period that the API server lets through, one after the other, in seconds. */
const HORIZON_SECONDS = 3600 + 1800;
/** However often a profile decides, not more steps than this period gives are looked ahead. */
const SHORTEST_PERIOD_SECONDS = 1;

/**
 * Says when the count changes next if the metrics go on asking for what they ask for now, and what would have
 * to be true for another count. Found by deciding on, tick by tick, with the rules of `decide` themselves.
 */
export function nextChange(input: NextChangeInput): NextChange {
  const { decision, nowMs } = input;
  const trace = decision.trace();
  const problem = problemOf(decision);
  if (problem !== undefined) return without(problem);
  const { desiredReplicas: from, stabilization } = trace;
  if (from === null || stabilization === undefined) return without(reasonOf('next-unknown', {}));
  const proposal = stabilization.in;
  if (proposal === from) return without(beyondReason(trace, from));
  const { atMs, normalized } = lookAhead(input, from, proposal);
  if (atMs === null) return without(boundReason(trace, normalized, from));
  const { replicas } = normalized;
  const seconds = Math.round((atMs - nowMs) / 1000);
  const { code, text } = reasonOf('next-change', { from, to: replicas, seconds, proposal });
  return { atMs, replicas, text, code };
}

function without({ text, code }: Reason): NextChange {
  return { atMs: null, replicas: null, text, code };
}

/** What keeps the HPA from deciding at all, until somebody mends it. */
function problemOf(decision: Decision): Reason | undefined {
  const { writeError, path } = decision.trace();
  if (writeError !== undefined) return reasonOf('next-repair', { problem: writeError });
  if (path === 'metrics' || path === 'aboveMax' || path === 'belowMin') return undefined;
  return reasonOf('next-repair', { problem: pathReason(decision)?.text ?? path });
}

/** Decides on from the state that the decision left, with a proposal that stays, until the count changes. */
function lookAhead(
  { autoscaler, decision, nowMs }: NextChangeInput,
  from: number,
  proposal: number,
): { readonly atMs: number | null; readonly normalized: Normalized } {
  const { spec, profile = PROFILE_1_37 } = autoscaler;
  const { minReplicas, maxReplicas } = decision.trace();
  const normalizeAt = (atMs: number, memory: HpaMemory): Normalized =>
    normalizeReplicas({
      desiredReplicas: proposal,
      currentReplicas: from,
      range: { minReplicas, maxReplicas },
      behavior: spec.behavior,
      memory,
      profile,
      nowMs: atMs,
    });
  const periodMs = Math.max(profile.syncPeriodSeconds, SHORTEST_PERIOD_SECONDS) * 1000;
  const endMs = nowMs + HORIZON_SECONDS * 1000;
  let atMs = nowMs + periodMs;
  let normalized = normalizeAt(atMs, decision.state.memory);
  while (normalized.replicas === from && atMs < endMs) {
    atMs += periodMs;
    normalized = normalizeAt(atMs, normalized.memory);
  }
  return { atMs: normalized.replicas === from ? null : atMs, normalized };
}

/** What holds a count for good although the metrics ask for another. */
function boundReason(
  trace: DecisionTrace,
  { limit, stabilization }: Normalized,
  replicas: number,
): Reason {
  const bound =
    limitReason(limit, trace) ??
    stabilizationReason(stabilization, stabilization.heldBy?.atMs ?? 0) ??
    reasonOf('not-binding', {});
  return reasonOf('next-bound', { replicas, proposal: stabilization.in, bound: bound.text });
}
