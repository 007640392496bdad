import type { Random } from '@bellows/core';
import type { ProfilePoint } from './load.ts';

/** A stretch of a profile in which the rate changes linearly. */
interface Segment {
  readonly fromSeconds: number;
  /** `Infinity` for the stretch after the last point. */
  readonly toSeconds: number;
  readonly ratePerSecond: number;
  /** Change of the rate, in requests a second per second. */
  readonly slope: number;
}

/**
 * How long arrivals go on when nobody says it, in seconds: to the profile's last point; `Infinity` for a
 * single point, which is a constant rate.
 */
export function defaultDurationSeconds(points: readonly ProfilePoint[]): number {
  return points.length > 1 ? (points.at(-1)?.atSeconds ?? 0) : Infinity;
}

/**
 * Arrivals a second at a time: linear between points, the first and the last point's rate outside them; 0
 * without points.
 *
 * @param seconds - From the start of the arrivals; finite.
 */
export function rateAt(points: readonly ProfilePoint[], seconds: number): number {
  const segment = segmentsOf(points).find(({ toSeconds }) => seconds < toSeconds);
  return segment === undefined
    ? 0
    : segment.ratePerSecond + segment.slope * (seconds - segment.fromSeconds);
}

/** In place of a generator: every variate is 1, so that an arrival comes where the integral of the rate reaches the next whole number. */
export const EVENLY: Random = () => 1 - 1 / Math.E;

/**
 * Creates a Poisson process whose rate follows the points, by inversion: the n-th arrival is where the
 * integral of the rate reaches the sum of n exponential variates of mean 1.
 *
 * @param random - The same numbers give the same arrivals.
 * @returns A function that gives the next arrival in seconds from the start; undefined after `durationSeconds`.
 */
export function createArrivals(
  points: readonly ProfilePoint[],
  durationSeconds: number,
  random: Random,
): () => number | undefined {
  const segments = segmentsOf(points);
  let index = 0;
  let atSeconds = 0;
  return () => {
    let remaining = -Math.log(1 - random());
    for (; index < segments.length; index += 1) {
      const segment = segments[index];
      if (segment === undefined || segment.fromSeconds >= durationSeconds) break;
      const fromSeconds = Math.max(atSeconds, segment.fromSeconds);
      const rate = segment.ratePerSecond + segment.slope * (fromSeconds - segment.fromSeconds);
      const span = segment.toSeconds - fromSeconds;
      const area = expectedArrivals(rate, segment.slope, span);
      if (remaining < area) {
        atSeconds = fromSeconds + spanFor(rate, segment.slope, remaining);
        return atSeconds < durationSeconds ? atSeconds : undefined;
      }
      remaining -= area;
      atSeconds = segment.toSeconds;
    }
    return undefined;
  };
}

function segmentsOf(points: readonly ProfilePoint[]): Segment[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const inner = points.slice(1).map((to, index) => {
    const from = points[index] ?? first;
    const spanSeconds = to.atSeconds - from.atSeconds;
    return {
      fromSeconds: from.atSeconds,
      toSeconds: to.atSeconds,
      ratePerSecond: from.requestsPerSecond,
      slope: (to.requestsPerSecond - from.requestsPerSecond) / spanSeconds,
    };
  });
  return [
    {
      fromSeconds: 0,
      toSeconds: first.atSeconds,
      ratePerSecond: first.requestsPerSecond,
      slope: 0,
    },
    ...inner,
    {
      fromSeconds: last.atSeconds,
      toSeconds: Infinity,
      ratePerSecond: last.requestsPerSecond,
      slope: 0,
    },
  ];
}

/** Integral of the rate over a span: the mean of its ends times its length. */
function expectedArrivals(rate: number, slope: number, spanSeconds: number): number {
  if (spanSeconds === Infinity) return rate > 0 ? Infinity : 0;
  return Math.max(0, (rate + (slope * spanSeconds) / 2) * spanSeconds);
}

/**
 * The span over which the integral reaches `count`: the root of `rate·x + slope·x²/2 = count`, in the form
 * that loses no digits when `slope` is near 0.
 */
function spanFor(rate: number, slope: number, count: number): number {
  return (2 * count) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * count)));
}
