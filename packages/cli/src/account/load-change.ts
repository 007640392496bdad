import type { DecisionInput, DecisionRecord } from '@bellows/core';
import { rateAt, type ProfilePoint } from '@bellows/load';
import type { ScaleEvent } from '@bellows/supervisor';
import type { RateTarget } from './rate-target.ts';

/** What {@link loadChangeAtMs} needs to know of the load. */
export interface OfferedLoad {
  readonly points: readonly ProfilePoint[];
  /** When the arrivals began, in milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** How long they go on, in seconds. */
  readonly durationSeconds: number;
}

/**
 * When the offered load made a scale event necessary or possible: the last time before the decision at
 * which it crossed, on the way up, above what the old replicas are meant to take (`from` × target), on the
 * way down, below what the new ones are (`to` × target). It is read off the load's profile, so neither the
 * metric's window nor the scrape nor the sync are in it: they are what the time from here to the decision
 * shows.
 *
 * @returns Milliseconds since the epoch; undefined when the load did not cross it before the decision, or
 * another metric than the requests asked for the change.
 */
export function loadChangeAtMs(
  event: ScaleEvent,
  decision: DecisionRecord | undefined,
  target: RateTarget,
  load: OfferedLoad,
): number | undefined {
  if (decision === undefined || !requestsDecided(decision.inputs, target.metric)) return undefined;
  const direction = event.to > event.from ? 'above' : 'below';
  const limit = (direction === 'above' ? event.from : event.to) * target.perReplica;
  const beforeSeconds = (event.decidedAtMs - load.startedAtMs) / 1000;
  const atSeconds = lastCrossing(load, limit, direction, beforeSeconds);
  return atSeconds === undefined ? undefined : Math.round(load.startedAtMs + atSeconds * 1000);
}

/** Whether no other metric asked for more replicas than the requests did. */
function requestsDecided(inputs: readonly DecisionInput[], metric: string): boolean {
  const own = inputs.find((input) => input.type === 'Pods' && input.name === metric);
  const proposals = inputs.flatMap(({ proposal }) => (proposal === undefined ? [] : [proposal]));
  return own?.proposal !== undefined && own.proposal === Math.max(...proposals);
}

function lastCrossing(
  load: OfferedLoad,
  limit: number,
  direction: 'above' | 'below',
  beforeSeconds: number,
): number | undefined {
  const corners = cornersOf(load);
  let last: number | undefined;
  for (const [index, to] of corners.entries()) {
    const from = corners[index - 1];
    if (from === undefined || from.atSeconds >= beforeSeconds) continue;
    const crosses =
      direction === 'above'
        ? from.requestsPerSecond <= limit && to.requestsPerSecond > limit
        : from.requestsPerSecond >= limit && to.requestsPerSecond < limit;
    if (!crosses) continue;
    const share =
      (limit - from.requestsPerSecond) / (to.requestsPerSecond - from.requestsPerSecond);
    const atSeconds = from.atSeconds + share * (to.atSeconds - from.atSeconds);
    if (atSeconds < beforeSeconds) last = atSeconds;
  }
  return last;
}

/** The profile's corners between start and end of the arrivals; before and after, nothing is offered. */
function cornersOf({ points, durationSeconds }: OfferedLoad): ProfilePoint[] {
  const inside = points.filter(({ atSeconds }) => atSeconds > 0 && atSeconds < durationSeconds);
  const end = [
    { atSeconds: durationSeconds, requestsPerSecond: rateAt(points, durationSeconds) },
    { atSeconds: durationSeconds, requestsPerSecond: 0 },
  ];
  return [
    { atSeconds: 0, requestsPerSecond: 0 },
    { atSeconds: 0, requestsPerSecond: rateAt(points, 0) },
    ...inside,
    ...(durationSeconds === Infinity ? [] : end),
  ];
}
