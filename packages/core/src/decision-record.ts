import type { Condition, ObjectEvent } from './object-meta.ts';

/** A metric as the autoscaler was given it. */
export interface DecisionInput {
  /** The metric's name as the HPA's spec spells it, such as `queue_length` or `cpu`. Absent in records of earlier versions. */
  readonly name?: string;
  /** The metric's name as the HPA's messages spell it, such as `pods metric queue_length`. */
  readonly metric: string;
  /** The HPA's metric source type: `Resource`, `Pods`, … */
  readonly type: string;
  /** Current value as the HPA reports it (a quantity, or a percentage such as `63%`), or why it is missing. */
  readonly current:
    | string
    | {
        /** Why there is no value, as the HPA's messages word it: with the functions that the error came through. */
        readonly missing: string;
        /** Where that began: the error alone. Absent in records of earlier versions. */
        readonly cause?: string;
      };
  /** Target value, in the same form. */
  readonly target: string;
  /** Current ÷ target, where it could be computed. */
  readonly usageRatio?: number;
  /** Replicas that this metric alone asks for. */
  readonly proposal?: number;
  /** Age of the oldest sample used, in milliseconds. */
  readonly sampleAgeMs?: number;
}

/** One step from the metrics' proposal to the final number. */
export interface DecisionStep {
  /** Stable name: `proposal`, `stabilization`, `policy`, `limits`, `range`. */
  readonly name: string;
  /** Replicas before the step. */
  readonly in: number;
  /** Replicas after the step. */
  readonly out: number;
  /** Why, in words. */
  readonly because: string;
  /** Why, as a code: an anchor of `docs/reference/reasons.md`. Absent in records of earlier versions. */
  readonly code?: string;
}

/** When a count can change next, and what would have to be true. */
export interface NextChange {
  /** When it changes if the metrics go on asking for what they ask for now, in milliseconds since the epoch; null if it does not. */
  readonly atMs: number | null;
  /** The count it then changes to; null if it does not. */
  readonly replicas: number | null;
  /** What would have to be true, in words. */
  readonly text: string;
  /** The same as a code: an anchor of `docs/reference/reasons.md`. */
  readonly code: string;
}

/** What would have been decided had one thing not been there. */
export interface Counterfactual {
  /** `stabilization`, `policies`, `maxReplicas`, or `metric NAME`. */
  readonly without: string;
  /** Replicas without it; null if nothing could be decided. */
  readonly replicas: number | null;
}

/**
 * What an autoscaler decided at one time, and why: one line of a run's record.
 */
export interface DecisionRecord {
  /** Version of this form. */
  readonly v: 1;
  /** When, in milliseconds since the epoch. */
  readonly atMs: number;
  /** What took it: the supervisor, a live cluster's inputs, the simulator, a trial. */
  readonly source: 'local' | 'shadow' | 'sim' | 'drill';
  /** The HorizontalPodAutoscaler. */
  readonly autoscaler: {
    /** Its namespace. */
    readonly namespace: string;
    /** Its name. */
    readonly name: string;
  };
  /** What it scales, in the same namespace. */
  readonly target: {
    /** `Deployment`, usually. */
    readonly kind: string;
    /** Its name. */
    readonly name: string;
  };
  /** Kubernetes version whose rules were applied. */
  readonly controlVersion: string;
  /** Counts of pods at that time. */
  readonly replicas: {
    /** Wanted before the decision. */
    readonly current: number;
    /** Wanted after it. */
    readonly desired: number;
    /** Ready to serve. */
    readonly ready: number;
    /** The HPA's lower bound. */
    readonly min: number;
    /** The HPA's upper bound. */
    readonly max: number;
  };
  /** In the order of the HPA's metrics. */
  readonly inputs: readonly DecisionInput[];
  /** Name of the metric whose proposal won, or null if none did. */
  readonly selected: string | null;
  /** In the order they were taken. */
  readonly steps: readonly DecisionStep[];
  /** Name of the last step that changed the number; null if none did. */
  readonly binding: string | null;
  /** Why, as a code: an anchor of `docs/reference/reasons.md`. Absent in records of earlier versions. */
  readonly reason?: string;
  /** When the count can change next; only in a record that was asked to explain itself. */
  readonly next?: NextChange;
  /** What single things changed; only in a record that was asked to explain itself. */
  readonly counterfactuals?: readonly Counterfactual[];
  /** Which way; `blocked` when it could not decide. */
  readonly verdict: 'up' | 'down' | 'hold' | 'blocked';
  /** One sentence for people. */
  readonly text: string;
  /** The HPA's conditions afterwards. */
  readonly conditions: readonly Condition[];
  /** Events that the decision emitted. */
  readonly events: readonly ObjectEvent[];
  /** The reconcile's error, if it had one. */
  readonly error?: string;
  /**
   * What the decision was made from, so that it can be made again: the spec, what was observed, the state before.
   * Absent where nobody asked for it. Read it with `readBasis` of `@bellows/hpa`.
   */
  readonly basis?: Readonly<Record<string, unknown>>;
}
