import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseLoadProfile, type LoadProfile } from '@bellows/load';

/** Folder of the example. */
export const SHOP: string = fileURLToPath(new URL('../../../examples/shop', import.meta.url));
const LAUNCH_DAY = `${SHOP}/load/launch-day.csv`;
/** From here on the launch day is busy; the night before would only take time. */
const SUNRISE_SECONDS = 30;

/** What is made of the launch day. */
export interface LaunchDayOptions {
  /** How often it comes. @defaultValue 1 */
  readonly days?: number;
  /** What its rates are multiplied by. @defaultValue 1 */
  readonly factor?: number;
  /** From when on, in seconds. @defaultValue 30, the sunrise */
  readonly fromSeconds?: number;
  /** How long its last rate goes on after the last day, in seconds. @defaultValue 0 */
  readonly eveningSeconds?: number;
}

/** The launch day of the example from sunrise on, again and again. */
export function launchDay({
  days = 1,
  factor = 1,
  fromSeconds = SUNRISE_SECONDS,
  eveningSeconds = 0,
}: LaunchDayOptions): LoadProfile {
  const { points, requests } = parseLoadProfile(readFileSync(LAUNCH_DAY, 'utf8'), LAUNCH_DAY);
  const day = points
    .filter(({ atSeconds }) => atSeconds >= fromSeconds)
    .map(({ atSeconds, requestsPerSecond }) => ({
      atSeconds: atSeconds - fromSeconds,
      requestsPerSecond: requestsPerSecond * factor,
    }));
  const last = day.at(-1) ?? { atSeconds: 0, requestsPerSecond: 0 };
  const daySeconds = last.atSeconds + 1;
  const all = Array.from({ length: days }, (_, index) =>
    day.map((point) => ({ ...point, atSeconds: point.atSeconds + index * daySeconds })),
  ).flat();
  const endSeconds = days * daySeconds + eveningSeconds;
  const evening = { atSeconds: endSeconds, requestsPerSecond: last.requestsPerSecond };
  return { requests, points: [...all, evening] };
}
