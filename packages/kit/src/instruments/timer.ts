import type { Labels, Timer } from './instrument.ts';

/**
 * Begins to measure.
 * @param end - Told of the seconds, with the labels of the start and of the end together.
 */
export function startTimer<Name extends string>(
  labels: Labels<Name> | undefined,
  end: (labels: Labels<Name>, seconds: number) => void,
): Timer<Name> {
  const startMs = performance.now();
  return (more) => {
    const seconds = (performance.now() - startMs) / 1000;
    end({ ...labels, ...more } as Labels<Name>, seconds);
    return seconds;
  };
}
