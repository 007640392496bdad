import type { Condition } from '@bellows/core';
import {
  createHpaState,
  decide,
  defaultHpaSpec,
  failScaleWrite,
  forgetMemory,
  validateHpaSpec,
  type Autoscaler,
  type Decision,
  type HpaState,
  type Profile,
} from '@bellows/hpa';
import { observe, toMs, toSeconds, type Sight } from './observe.ts';
import type {
  RecordedCondition,
  RecordedProfile,
  RecordedScaleEvent,
  RecordedSpec,
  RecordedStatus,
  Scenario,
  Tick,
} from './scenario.ts';

/** What a tick gave, in the vectors' form; or what was expected of it, with nothing left out. */
export interface TickResult {
  readonly desiredReplicas: number;
  readonly proposal: { readonly replicas: number; readonly metric: string } | null;
  readonly scaleWrite: number | null;
  readonly status: RecordedStatus;
  readonly conditions: readonly RecordedCondition[];
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly error: string | null;
}

/** What a spec gave. */
export interface SpecResult {
  readonly defaulted: unknown;
  readonly rejectedByApi: readonly string[];
}

/** What the controller remembers at the end. */
export interface MemoryResult {
  readonly recommendations: readonly { readonly at: number; readonly replicas: number }[];
  readonly scaleUpEvents: readonly RecordedScaleEvent[];
  readonly scaleDownEvents: readonly RecordedScaleEvent[];
}

/** One thing that was computed, beside what was recorded. */
export interface Comparison {
  /** Seconds of the tick. */
  readonly at: number;
  readonly expected: TickResult | SpecResult | MemoryResult;
  readonly actual: TickResult | SpecResult | MemoryResult;
}

const NOTHING_SEEN: Sight = {
  scale: { specReplicas: 0, statusReplicas: 0, selector: '' },
  pods: [],
  metrics: [],
};

/** Plays a scenario tick by tick through `decide`. */
export function replay(scenario: Scenario): Comparison[] {
  const profile = profileOf(scenario.profile);
  const { namespace, name } = scenario.hpa;
  const comparisons = [compareSpec(0, scenario.hpa, profile)];
  let autoscaler: Autoscaler = {
    namespace,
    name,
    spec: defaultHpaSpec(scenario.hpa.spec),
    generation: 1,
    profile,
  };
  let state = initialState(scenario);
  let sight = NOTHING_SEEN;
  let expected: TickResult | undefined;
  for (const tick of scenario.ticks) {
    if (tick.hpa !== undefined) {
      comparisons.push(compareSpec(tick.at, tick.hpa, profile));
      const generation = (autoscaler.generation ?? 1) + 1;
      autoscaler = { ...autoscaler, spec: defaultHpaSpec(tick.hpa.spec), generation };
    }
    state = trigger(state, tick.trigger);
    sight = { ...sight, ...tick };
    const decision = decideTick(autoscaler, { sight, tick, scenario, state });
    state = decision.state;
    expected = completeExpectation(tick, expected);
    comparisons.push({ at: tick.at, expected, actual: resultOf(decision) });
  }
  comparisons.push(compareMemory(scenario, state));
  return comparisons;
}

function decideTick(
  autoscaler: Autoscaler,
  {
    sight,
    tick,
    scenario,
    state,
  }: { sight: Sight; tick: Tick; scenario: Scenario; state: HpaState },
): Decision {
  const observation = observe(sight, scenario.otherHpas);
  const decision = decide(autoscaler, observation, state, toMs(tick.at));
  return decision.scaleWrite !== null && tick.scaleWriteError !== undefined
    ? failScaleWrite(decision, tick.scaleWriteError)
    : decision;
}

function compareSpec(at: number, recorded: RecordedSpec, profile: Profile): Comparison {
  const defaulted = defaultHpaSpec(recorded.spec);
  const problems = validateHpaSpec(defaulted, { profile });
  return {
    at,
    expected: {
      defaulted: recorded.defaulted,
      rejectedByApi: [...new Set(recorded.rejectedByApi)],
    },
    actual: {
      defaulted,
      rejectedByApi: problems.map(({ field, message }) => `${field}: ${message}`),
    },
  };
}

function compareMemory({ ticks, finalMemory }: Scenario, { memory }: HpaState): Comparison {
  const recorded = (events: typeof memory.scaleUpEvents): RecordedScaleEvent[] =>
    events.map(({ atMs, replicaChange, outdated }) => ({
      at: toSeconds(atMs),
      change: replicaChange,
      outdated,
    }));
  return {
    at: ticks.at(-1)?.at ?? 0,
    expected: {
      // A controller that never read the scale is recorded with an empty list.
      recommendations: finalMemory.recommendations ?? [],
      scaleUpEvents: finalMemory.scaleUpEvents ?? [],
      scaleDownEvents: finalMemory.scaleDownEvents ?? [],
    },
    actual: {
      recommendations:
        memory.recommendations?.map(({ atMs, replicas }) => ({ at: toSeconds(atMs), replicas })) ??
        [],
      scaleUpEvents: recorded(memory.scaleUpEvents),
      scaleDownEvents: recorded(memory.scaleDownEvents),
    },
  };
}

function profileOf(recorded: RecordedProfile): Profile {
  const { tolerance, syncSeconds, ...same } = recorded;
  return { ...same, toleranceRatio: tolerance, syncPeriodSeconds: syncSeconds };
}

function initialState({ initialStatus, initialMemory }: Scenario): HpaState {
  const { status, memory } = createHpaState();
  const events = (recorded: readonly RecordedScaleEvent[] | null) =>
    (recorded ?? []).map(({ at, change, outdated }) => ({
      atMs: toMs(at),
      replicaChange: change,
      outdated,
    }));
  return {
    status: initialStatus
      ? {
          ...status,
          currentReplicas: initialStatus.currentReplicas,
          desiredReplicas: initialStatus.desiredReplicas,
          lastScaleTimeMs:
            initialStatus.lastScaleTime === null ? null : toMs(initialStatus.lastScaleTime),
          conditions: initialStatus.conditions.map(toCondition),
        }
      : status,
    memory: initialMemory
      ? {
          recommendations:
            initialMemory.recommendations?.map(({ at, replicas }) => ({
              atMs: toMs(at),
              replicas,
            })) ?? null,
          scaleUpEvents: events(initialMemory.scaleUpEvents),
          scaleDownEvents: events(initialMemory.scaleDownEvents),
        }
      : memory,
  };
}

function toCondition({ lastTransitionTime, status, ...same }: RecordedCondition): Condition {
  return {
    ...same,
    status: status as Condition['status'],
    lastTransitionTimeMs: lastTransitionTime === null ? 0 : toMs(lastTransitionTime),
  };
}

function trigger(state: HpaState, kind: Tick['trigger']): HpaState {
  if (kind === 'restart') return forgetMemory(state);
  if (kind === 'recreate') return { status: createHpaState().status, memory: state.memory };
  return kind === 'recreateAfterGap' ? createHpaState() : state;
}

function completeExpectation(tick: Tick, before: TickResult | undefined): TickResult {
  const { expect } = tick;
  const status = expect.status ?? before?.status;
  const conditions = expect.conditions ?? before?.conditions ?? [];
  if (status === undefined) throw new Error('the first tick of a scenario has no status');
  return {
    ...expect,
    status,
    conditions: conditions.map((condition) =>
      typeof condition === 'string' ? conditionNamed(condition, before) : condition,
    ),
  };
}

function conditionNamed(type: string, before: TickResult | undefined): RecordedCondition {
  const condition = before?.conditions.find((earlier) => earlier.type === type);
  if (condition === undefined) throw new Error(`condition ${type} is not in the tick before`);
  return condition;
}

function resultOf(decision: Decision): TickResult {
  const { conditions, lastScaleTimeMs, ...status } = decision.status;
  return {
    desiredReplicas: status.desiredReplicas,
    proposal: decision.proposal,
    scaleWrite: decision.scaleWrite,
    status: {
      ...status,
      lastScaleTime: lastScaleTimeMs === null ? null : toSeconds(lastScaleTimeMs),
    },
    conditions: conditions.map(({ lastTransitionTimeMs, ...same }) => ({
      ...same,
      lastTransitionTime: lastTransitionTimeMs === 0 ? null : toSeconds(lastTransitionTimeMs),
    })),
    events: decision.events,
    error: decision.error,
  };
}
