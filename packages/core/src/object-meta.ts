/** The part of `metav1.ObjectMeta` that Bellows uses. */
export interface ObjectMeta {
  /** Unique among the objects of its kind in its namespace. */
  readonly name: string;
  /** Defaults to `default` when the manifest names none. */
  readonly namespace: string;
  /** Tells an object from an earlier one of the same name; absent in a manifest. */
  readonly uid?: string;
  /** Empty when the manifest has none. */
  readonly labels: Readonly<Record<string, string>>;
  /** Empty when the manifest has none. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly creationTimestampMs?: number;
  /** Counts changes of the spec, from 1. */
  readonly generation?: number;
}

/** `metav1.LabelSelector`: all requirements must hold; an empty one selects everything. */
export interface LabelSelector {
  /** Each label must have this value. */
  readonly matchLabels?: Readonly<Record<string, string>>;
  /** Each requirement must hold. */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** One requirement of a {@link LabelSelector}. */
export interface LabelSelectorRequirement {
  /** The label's key. */
  readonly key: string;
  /** How the label's value relates to `values`; a missing label meets `NotIn` and `DoesNotExist`. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** At least one for `In` and `NotIn`; none for the others. */
  readonly values?: readonly string[];
}

/** The states of a condition. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** A condition as Kubernetes' objects carry them in their status. */
export interface Condition {
  /** What it is about, such as `AbleToScale`; unique in an object's list. */
  readonly type: string;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** Why, as one word in CamelCase. */
  readonly reason: string;
  /** Why, as a sentence for people. */
  readonly message: string;
  /** When `status` last changed, in milliseconds since the epoch. */
  readonly lastTransitionTimeMs: number;
}

/** An event as a controller hands it to its recorder. */
export interface ObjectEvent {
  /** `Warning` where something went wrong. */
  readonly type: 'Normal' | 'Warning';
  /** What happened, as one word in CamelCase. */
  readonly reason: string;
  /** What happened, as a sentence for people. */
  readonly message: string;
}
