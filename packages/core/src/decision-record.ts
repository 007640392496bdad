import type { Condition, ObjectEvent } from './object-meta.ts';

/** A metric as the autoscaler was given it. */
export interface DecisionInput {
  /** The metric's name as the HPA's messages spell it, such as `pods metric queue_length`. */
  readonly metric: string;
  /** The HPA's metric source type: `Resource`, `Pods`, … */
  readonly type: string;
  /** Current value as the HPA reports it (a quantity, or a percentage such as `63%`), or why it is missing. */
  readonly current: string | { readonly missing: string };
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
  readonly in: number;
  readonly out: number;
  /** Why, in words. */
  readonly because: string;
}

/**
 * What an autoscaler decided at one time, and why: one line of a run's record.
 */
export interface DecisionRecord {
  /** Version of this form. */
  readonly v: 1;
  /** When, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly source: 'local' | 'shadow' | 'sim' | 'drill';
  readonly autoscaler: { readonly namespace: string; readonly name: string };
  readonly target: { readonly kind: string; readonly name: string };
  /** Kubernetes version whose rules were applied. */
  readonly controlVersion: string;
  readonly replicas: {
    readonly current: number;
    readonly desired: number;
    readonly ready: number;
    readonly min: number;
    readonly max: number;
  };
  readonly inputs: readonly DecisionInput[];
  /** Name of the metric whose proposal won, or null if none did. */
  readonly selected: string | null;
  readonly steps: readonly DecisionStep[];
  /** Name of the last step that changed the number; null if none did. */
  readonly binding: string | null;
  readonly verdict: 'up' | 'down' | 'hold' | 'blocked';
  /** One sentence for people. */
  readonly text: string;
  readonly conditions: readonly Condition[];
  readonly events: readonly ObjectEvent[];
  /** The reconcile's error, if it had one. */
  readonly error?: string;
}
