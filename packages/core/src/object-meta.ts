/** The part of `metav1.ObjectMeta` that Bellows uses. */
export interface ObjectMeta {
  readonly name: string;
  /** Defaults to `default` when the manifest names none. */
  readonly namespace: string;
  readonly uid?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly creationTimestampMs?: number;
  /** Counts changes of the spec, from 1. */
  readonly generation?: number;
}

/** `metav1.LabelSelector`: all requirements must hold; an empty one selects everything. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** One requirement of a {@link LabelSelector}. */
export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** The states of a condition. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** A condition as Kubernetes' objects carry them in their status. */
export interface Condition {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason: string;
  readonly message: string;
  /** When `status` last changed, in milliseconds since the epoch. */
  readonly lastTransitionTimeMs: number;
}

/** An event as a controller hands it to its recorder. */
export interface ObjectEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}
