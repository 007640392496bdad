import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SampleWindow } from '@bellows/core';

const WINDOWS = 20_000;

/** Heap that windows of so many samples take, divided by their samples. */
export function bytesPerWindowSample(samples: number): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const windows = Array.from({ length: WINDOWS }, (_, window) => {
    const one = new SampleWindow({ maxSamples: samples });
    for (let sample = 0; sample < 2 * samples; sample += 1) one.add(1.7e12 + sample, window);
    return one;
  });
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  // Used after the measurement, so that nothing of it is collected before.
  return bytes / windows.reduce((sum, { length }) => sum + length, 0);
}
