import { serialize } from 'node:v8';
import type { BenchRow } from '../benchmark.ts';
import { createDecider } from './decider.ts';

const PODS = 10;
/** After these many ticks the longest window, an hour at a tick each 15 s, has gone by four times. */
const SETTLED_TICKS = 1_000;
const LATE_TICKS = 100_000;

/** What is kept between ticks: as much after 100,000 of them as after the first windows went by. */
export function stateSizeRows(): BenchRow[] {
  return [false, true].map((isLongest) => {
    const decider = createDecider({ podCount: PODS, isTraced: false, isLongest });
    const settledBytes = largestBytes(decider, SETTLED_TICKS);
    const lateBytes = largestBytes(decider, LATE_TICKS);
    return {
      what: `bytes of state per HPA after 100,000 ticks, ${isLongest ? 'longest windows' : 'default behavior'}`,
      ours: `${lateBytes.toLocaleString('en-US')}, after 1,000 ticks ${settledBytes.toLocaleString('en-US')}`,
      peer: undefined,
      ratio: (lateBytes / settledBytes).toFixed(2),
      goal: '≤ 1.01',
      isMet: lateBytes <= settledBytes * 1.01,
    };
  });
}

/** The largest state of the last four of the ticks: values and so their sizes come in rounds of four. */
function largestBytes({ decideOnce, state }: ReturnType<typeof createDecider>, ticks: number) {
  for (let tick = 4; tick < ticks; tick += 1) decideOnce();
  const sizes = Array.from({ length: 4 }, () => {
    decideOnce();
    return serialize(state()).byteLength;
  });
  return Math.max(...sizes);
}
