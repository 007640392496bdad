import { median } from '../statistics.ts';
import type { StepRun } from './run-step.ts';
import type { Reaction } from './timeline.ts';

/** A step with what became of it. */
export interface MeasuredStep {
  readonly run: StepRun;
  readonly reaction: Reaction;
}

/** The parts of the delay from a step to a pod that helps, in the order they pass, in seconds. */
export interface DelayBudget {
  /** Until the autoscaler looks: what nobody can save. */
  readonly syncWait: number;
  /** From then to its first write: the metric has not shown the step yet. */
  readonly metric: number;
  /** From then to enough pods: the metric creeps, policies allow so many a round. */
  readonly rounds: number;
  /** From then until enough pods are ready: scheduling, process, probes. */
  readonly podStart: number;
  /** From then until each has been asked for something. */
  readonly endpoints: number;
}

const MARKS: Readonly<Record<keyof DelayBudget, string>> = {
  syncWait: '.',
  metric: 'm',
  rounds: 'r',
  podStart: 's',
  endpoints: 'e',
};

/** What the marks of {@link drawBudget} stand for. */
export const LEGEND =
  '. wait for the sync, m metric behind, r rounds until enough, s pod start and probes, e first request; one mark is a second';

/** Medians of the steps that have come to an end; undefined: none has. */
export function budgetOf(steps: readonly MeasuredStep[]): DelayBudget | undefined {
  const ended = steps.flatMap((step) => partsOf(step) ?? []);
  if (ended.length === 0) return undefined;
  const of = (part: keyof DelayBudget): number => median(ended.map((parts) => parts[part]));
  return {
    syncWait: of('syncWait'),
    metric: of('metric'),
    rounds: of('rounds'),
    podStart: of('podStart'),
    endpoints: of('endpoints'),
  };
}

/** One line: a mark for each second, each part rounded. */
export function drawBudget(budget: DelayBudget): string {
  return (Object.keys(MARKS) as (keyof DelayBudget)[])
    .map((part) => MARKS[part].repeat(Math.max(0, Math.round(budget[part]))))
    .join('');
}

function partsOf({ run, reaction }: MeasuredStep): DelayBudget | undefined {
  const { floorSeconds, firstWriteSeconds, enoughSeconds } = reaction;
  const [ready, served] = [run.readyMs.at(-1), run.servedMs.at(-1)];
  if (firstWriteSeconds === undefined || enoughSeconds === undefined) return undefined;
  if (ready === undefined || served === undefined) return undefined;
  const readySeconds = (ready - run.stepMs) / 1000;
  return {
    syncWait: floorSeconds,
    metric: firstWriteSeconds - floorSeconds,
    rounds: enoughSeconds - firstWriteSeconds,
    podStart: readySeconds - enoughSeconds,
    endpoints: Math.max(0, (served - run.stepMs) / 1000 - readySeconds),
  };
}
