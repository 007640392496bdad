import type { ScalingPolicy } from './hpa-spec.ts';
import type { Recommendation } from './hpa-state.ts';

/** Every step of a decision with its numbers, from which all words about it are made. */
export interface DecisionTrace {
  /** How the decision went; which of the other fields are set depends on it. */
  readonly path: DecisionPath;
  /** `scale.spec.replicas` as it was read; null if it could not be read. */
  readonly currentReplicas: number | null;
  /** `spec.minReplicas`, 1 if the spec has none. */
  readonly minReplicas: number;
  /** `spec.maxReplicas`. */
  readonly maxReplicas: number;
  /** One entry per metric of the spec; empty if no metrics were computed. */
  readonly metrics: readonly MetricTrace[];
  /** Index in `metrics` of the one that asks for most; null if none gave a proposal. */
  readonly selected: number | null;
  /** Present if the metrics gave a result. */
  readonly stabilization?: StabilizationTrace;
  /** Present if stabilization ran. */
  readonly limit?: LimitTrace;
  /** Replicas after all steps; null if there was no decision. */
  readonly desiredReplicas: number | null;
  /** Set by `failScaleWrite`: why the scale could not be written. */
  readonly writeError?: string;
}

/**
 * - `metrics`: metrics gave a result.
 * - `scaleUnreadable`: the target's scale could not be read.
 * - `selectorInvalid`: the selector is missing, unreadable, or shared with another HPA.
 * - `metricsUnusable`: all metrics failed, or some did and the rest asked for fewer replicas.
 * - `aboveMax`, `belowMin`: current replicas out of range; nothing else was looked at.
 * - `disabledAtZero`: the target has no replicas and the HPA did not take them away.
 */
export type DecisionPath =
  | 'metrics'
  | 'scaleUnreadable'
  | 'selectorInvalid'
  | 'metricsUnusable'
  | 'aboveMax'
  | 'belowMin'
  | 'disabledAtZero';

/** How one metric came to its proposal. */
export interface MetricTrace {
  /** Name as the HPA's messages spell it, such as `pods metric queue_length`. */
  readonly metric: string;
  /** Name as the spec spells it, such as `queue_length` or `cpu`. */
  readonly shortName: string;
  /** Metric source type of the spec. */
  readonly type: string;
  /** Why it failed; absent if it gave a proposal. */
  readonly error?: string;
  /** Where `error` began: without the words of the functions it came through. Present if `error` is. */
  readonly cause?: string;
  /** Absent if the spec names none. */
  readonly target?: MetricAmount;
  /** Value as the HPA's status reports it. */
  readonly current?: MetricAmount;
  /** Current ÷ target as computed first, before missing and unready pods were counted in. */
  readonly usageRatio?: number;
  /** The ratio with missing and unready pods counted in; absent if there was no need. */
  readonly correctedRatio?: number;
  /** Dead band that the ratio was held against; absent if the metric failed. */
  readonly tolerance?: ToleranceTrace;
  /** Pods by group; absent for metrics that do not look at pods. */
  readonly pods?: PodGroupCounts;
  /** Pods that the ratio was multiplied with; absent where the rule does not do that. */
  readonly countedPods?: number;
  /** Which rule gave the proposal. */
  readonly rule?: ProposalRule;
  /** Replicas that this metric alone asks for; absent if it failed. */
  readonly proposal?: number;
  /** When the oldest sample used was observed, in milliseconds since the epoch; absent if unknown. */
  readonly oldestSampleAtMs?: number;
}

/** A metric's current or target value. */
export interface MetricAmount {
  /** What `text` measures, named as in the spec: a percentage of requests, per pod, or as a whole. */
  readonly kind: 'utilization' | 'averageValue' | 'value';
  /** Canonical quantity, or percent as `63%`. */
  readonly text: string;
}

/** Dead band around a ratio of 1: no change from `1 - downRatio` to `1 + upRatio`. */
export interface ToleranceTrace {
  /** `scaleDown.tolerance` or else that of the profile; 0 or more. */
  readonly downRatio: number;
  /** `scaleUp.tolerance` or else that of the profile; 0 or more. */
  readonly upRatio: number;
}

/** Pods by what the metric makes of them. */
export interface PodGroupCounts {
  /** Counted with their samples. */
  readonly ready: number;
  /** Left out; on scale-up counted as using nothing. */
  readonly unready: number;
  /** Without a sample; counted as using nothing on scale-up, their target on scale-down. */
  readonly missing: number;
  /** Terminating or failed: not counted. */
  readonly ignored: number;
}

/**
 * - `withinTolerance`: ratio inside the dead band, so the current count.
 * - `ratio`: ratio × pods, rounded up.
 * - `correctedRatio`: ratio with missing and unready pods counted in × all of them, rounded up.
 * - `correctedWithinTolerance`, `correctedDirectionChanged`: counting in missing and unready pods turned
 *   the ratio into the dead band or to the other direction, so the current count.
 * - `correctedAgainstCount`: the corrected proposal pointed the other way than its ratio, so the current count.
 * - `total`: total ÷ target per pod, rounded up.
 */
export type ProposalRule =
  | 'withinTolerance'
  | 'ratio'
  | 'correctedRatio'
  | 'correctedWithinTolerance'
  | 'correctedDirectionChanged'
  | 'correctedAgainstCount'
  | 'total';

/** Stabilization: what recent recommendations made of the new one. */
export interface StabilizationTrace {
  /** Replicas that the metrics ask for. */
  readonly in: number;
  /** Replicas that the windows allow; equal to `in` if nothing was held. */
  readonly out: number;
  /** The recommendation that held the result, if it was changed. */
  readonly heldBy?: Recommendation;
  /** Which change was held back; `none` if `out` is `in`. */
  readonly direction: 'up' | 'down' | 'none';
  /** Window of the direction that held, in seconds. */
  readonly windowSeconds: number;
}

/** Policies and range: what the result was cut to. */
export interface LimitTrace {
  /** Replicas after stabilization. */
  readonly in: number;
  /** Replicas that policies and range allow; equal to `in` if nothing was cut. */
  readonly out: number;
  /** Reason of the condition ScalingLimited. */
  readonly reason:
    'ScaleUpLimit' | 'ScaleDownLimit' | 'TooManyReplicas' | 'TooFewReplicas' | 'DesiredWithinRange';
  /** Policies of the direction, with what each allows; absent without `spec.behavior`. */
  readonly policy?: PolicyTrace;
}

/** What the scaling policies of a direction allow. */
export interface PolicyTrace {
  /** Of the change from the current count: only its policies were asked. */
  readonly direction: 'up' | 'down';
  /** `Max`, `Min` or `Disabled`, as the spec says it; `Max` if it does not. */
  readonly selectPolicy: string;
  /** Replicas that the policies allow. */
  readonly limit: number;
  /** The policy that set `limit`; absent if scaling in this direction is disabled. */
  readonly chosen?: ChosenPolicy;
}

/** The scaling policy that set a limit. */
export interface ChosenPolicy extends ScalingPolicy {
  /** Replicas at the start of the period, from which the policy counts. */
  readonly periodStartReplicas: number;
}
