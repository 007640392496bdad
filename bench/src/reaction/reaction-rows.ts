import type { BenchRow } from '../benchmark.ts';
import { median } from '../statistics.ts';
import type { MeasuredStep } from './delay-budget.ts';
import type { Signal } from './signals.ts';

/** The rows of one signal: its three times beside their floors. Goals are those of direct scraping. */
export function reactionRows(signal: Signal, steps: readonly MeasuredStep[]): BenchRow[] {
  const isDirect = signal.prometheus === undefined;
  const reactions = steps.map(({ reaction }) => reaction);
  const floors = reactions.map(({ floorSeconds }) => floorSeconds);
  const due = reactions.filter(({ isFirstWriteDue }) => isFirstWriteDue).length;
  const inTime = reactions.filter(({ syncsLate = Infinity }) => syncsLate <= 1).length;
  const row = (
    what: string,
    ours: readonly (number | undefined)[],
    rest: Partial<BenchRow>,
  ): BenchRow => ({
    what: `${signal.title}: ${what}, s`,
    ours: spread(ours),
    ...{ peer: undefined, ratio: undefined, goal: undefined, isMet: true },
    ...rest,
  });
  const floor = { peer: `floor ${spread(floors)}` };
  return [
    row(
      'first scale write',
      reactions.map(({ firstWriteSeconds }) => firstWriteSeconds),
      {
        ...floor,
        ...(isDirect && {
          ratio: `${due} of ${steps.length}`,
          goal: 'at the first sync > 2 s after the step',
          isMet: due === steps.length,
        }),
      },
    ),
    row(
      'enough pods asked for',
      reactions.map(({ enoughSeconds }) => enoughSeconds),
      {
        ...floor,
        ...(isDirect && {
          ratio: `${inTime} of ${steps.length}`,
          goal: 'at most one sync after the floor',
          isMet: inTime === steps.length,
        }),
      },
    ),
    row('first request served by a new pod', steps.map(firstServedSeconds), {
      peer: `floor ${spread(steps.map(servedFloorSeconds))}`,
    }),
    row(
      'age of the samples',
      steps.map(({ run }) => median(run.sampleAgesMs) / 1000),
      {},
    ),
    row('lost requests', [steps.reduce((sum, { run }) => sum + run.lost, 0)], {
      what: `${signal.title}: requests lost`,
    }),
  ];
}

/** `median (lowest–highest)` of those that there are, and how many are missing. */
export function spread(values: readonly (number | undefined)[]): string {
  const there = values.filter((value) => value !== undefined && !Number.isNaN(value)) as number[];
  if (there.length === 0) return 'never';
  const absent = values.length - there.length;
  const few = absent === 0 ? '' : `, ${absent} never`;
  const one = (value: number): string => value.toFixed(1);
  if (values.length === 1) return one(median(there));
  return `${one(median(there))} (${one(Math.min(...there))}–${one(Math.max(...there))}${few})`;
}

function firstServedSeconds({ run }: MeasuredStep): number | undefined {
  const [first] = run.servedMs;
  return first === undefined ? undefined : (first - run.stepMs) / 1000;
}

/** The floor's write with the time that this step's first pod took from its own. */
function servedFloorSeconds(step: MeasuredStep): number | undefined {
  const served = firstServedSeconds(step);
  const { floorSeconds, firstWriteSeconds } = step.reaction;
  if (served === undefined || firstWriteSeconds === undefined) return undefined;
  return floorSeconds + served - firstWriteSeconds;
}
