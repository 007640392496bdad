/**
 * Every reason that Bellows gives for a decision: the one home of its sentences. A code, once released, keeps
 * its meaning; each is an anchor of `docs/reference/reasons.md`. `text` is the sentence, with a `{name}` for each
 * value; `meaning` says what is behind it, `remedy` what makes it different.
 */
export const REASONS = {
  'usage-ratio': {
    text: '{metric} is {current}, target {target}, asks for {asks}',
    meaning:
      'The metric is off its target by more than the tolerance. It asks for usage ÷ target × ready pods, rounded up; a metric with a target per pod of a total asks for total ÷ target.',
    remedy: 'Another target changes what the metric asks for.',
  },
  'within-tolerance': {
    text: '{metric} is {current}, target {target}, within tolerance ({range}), asks for {asks}',
    meaning: 'The metric is so near to its target that the count stays.',
    remedy: 'A smaller `tolerance` in `spec.behavior` reacts earlier, and flaps more easily.',
  },
  'corrected-ratio': {
    text: '{metric} is {current}, target {target}, with {correction}, asks for {asks}',
    meaning:
      'Some pods are not ready or have no sample. They count so that they weaken the change: as idle on the way up, as on target on the way down.',
    remedy: 'Pods that get ready faster, and samples of every pod.',
  },
  'corrected-within-tolerance': {
    text: '{metric} is {current}, target {target}, but with {correction} within tolerance ({range}), asks for {asks}',
    meaning: 'With pods counted in that are not ready or have no sample the metric is on target.',
    remedy: 'Pods that get ready faster, and samples of every pod.',
  },
  'corrected-turns-around': {
    text: '{metric} is {current}, target {target}, but with {correction} the direction would turn around, asks for {asks}',
    meaning:
      'With pods counted in that are not ready or have no sample the count would move the other way, so it stays.',
    remedy: 'Pods that get ready faster, and samples of every pod.',
  },
  'metric-unreadable': {
    text: '{metric} cannot be read: {error}',
    meaning: 'The metric gave no value, so it asks for nothing. Missing is not zero.',
    remedy: 'Mend what the error names: the metrics API, the name of the metric, the requests.',
  },
  'no-scale-down-without-all': {
    text: '{failure}; {metric} asks for {replicas}, but with a failed metric the count is not lowered',
    meaning:
      'A metric that cannot be read could ask for more, so the others may only raise the count.',
    remedy: 'Mend the metric that cannot be read, or take it out of the HPA.',
  },
  'stabilization-window': {
    text: 'the {replicas} {origin} still {verb} (scale-{direction} window {windowSeconds} s)',
    meaning:
      'The count goes down no further than the highest recommendation of the scale-down window, and up no further than the lowest of the scale-up window.',
    remedy: 'A shorter `stabilizationWindowSeconds`.',
  },
  'no-window-holds': {
    text: 'no earlier recommendation holds it',
    meaning: 'Stabilization changed nothing.',
    remedy: 'Nothing to change.',
  },
  policy: {
    text: 'scale-{direction} policy allows {amount} per {periodSeconds} s, counted from {start}',
    meaning: 'A policy of `spec.behavior` allows no larger change in its period.',
    remedy: 'A policy with a larger `value` or a shorter `periodSeconds`.',
  },
  'growth-limit': {
    text: 'without spec.behavior one step goes to twice the count at most, or to 4',
    meaning: 'An HPA without `spec.behavior` doubles at most in one step.',
    remedy: 'A `spec.behavior`, even an empty one, has policies in its place.',
  },
  'direction-disabled': {
    text: 'scale-{direction} is disabled',
    meaning: '`selectPolicy: Disabled` forbids changes in this direction.',
    remedy: 'Another `selectPolicy`.',
  },
  'no-policy': {
    text: 'no scale-{direction} policy allows a change',
    meaning:
      'The policies of this direction give no limit above the smallest int32: there are none, or they overflow.',
    remedy: 'A policy with a smaller `value`, or none: the default is used then.',
  },
  'max-replicas': {
    text: 'maxReplicas is {maxReplicas}',
    meaning: 'The metrics ask for more than `spec.maxReplicas`.',
    remedy: 'A higher `maxReplicas`, if what is behind the service can take it.',
  },
  'min-replicas': {
    text: 'minReplicas is {minReplicas}',
    meaning: 'The metrics ask for fewer than `spec.minReplicas`.',
    remedy: 'A lower `minReplicas`.',
  },
  'not-binding': {
    text: 'did not bind',
    meaning: 'The step changed nothing.',
    remedy: 'Nothing to change.',
  },
  'above-max': {
    text: 'more than maxReplicas, {maxReplicas}',
    meaning:
      'There were more replicas than `maxReplicas`. They go to it at once, whatever metrics and policies say.',
    remedy: 'A higher `maxReplicas`, or leave the count to the HPA.',
  },
  'below-min': {
    text: 'fewer than minReplicas, {minReplicas}',
    meaning:
      'There were fewer replicas than `minReplicas`. They go to it at once, whatever metrics and policies say.',
    remedy: 'A lower `minReplicas`, or leave the count to the HPA.',
  },
  'disabled-at-zero': {
    text: 'scaling is disabled while the target has no replicas',
    meaning: 'Somebody other than the HPA scaled the target to zero, which turns the HPA off.',
    remedy: 'Scale the target to one or more.',
  },
  'scale-unreadable': {
    text: '{error}',
    meaning: 'The `/scale` of the target cannot be read.',
    remedy: 'Correct `scaleTargetRef`: kind, name and `apiVersion` of a Deployment that is there.',
  },
  'selector-unusable': {
    text: '{error}',
    meaning: 'The target has no selector that can be read, or another HPA selects the same pods.',
    remedy: 'Give the target a selector; let one HPA scale one target.',
  },
  'scale-write-failed': {
    text: 'Wanted {change}, but the scale cannot be written: {error}',
    meaning: 'The count was decided, but not written.',
    remedy: 'Mend what the error names; the next sync tries again.',
  },
  'next-change': {
    text: '{from} → {to} in {seconds} s if the metrics go on asking for {proposal}',
    meaning: 'A window or a policy holds the count now, and will let it change then.',
    remedy: 'A shorter window, or a policy that allows more.',
  },
  'next-beyond': {
    text: 'up when {metric} is {above}, down when it is {below}',
    meaning:
      'The metrics ask for the count there is. These are the values from which on they ask for another.',
    remedy: 'Another target or `tolerance` moves them.',
  },
  'next-otherwise': {
    text: 'up or down when {metric} asks for more or fewer than {replicas}',
    meaning:
      'The metric asks for the count there is. From which value on it asks for another depends on pods that are not ready or have no sample, or on how many there will be.',
    remedy: 'Another target or `tolerance` moves it.',
  },
  'next-several': {
    text: 'up when one of {count} metrics asks for more than {replicas}, down when all ask for fewer',
    meaning: 'The metrics ask for the count there is; the highest of them counts.',
    remedy: 'Another target or `tolerance`.',
  },
  'next-bound': {
    text: 'stays at {replicas} while the metrics ask for {proposal}: {bound}',
    meaning:
      'The range, a policy or a disabled direction does not let the count change, however long one waits.',
    remedy: 'Change what is named, or the load.',
  },
  'next-repair': {
    text: 'decided again when this is mended: {problem}',
    meaning: 'Nothing could be decided, and waiting alone does not help.',
    remedy: 'Mend what is named.',
  },
  'next-unknown': {
    text: 'decided from the metrics at the next sync',
    meaning: 'The range alone decided this time, without a look at the metrics.',
    remedy: 'Nothing to change.',
  },
} as const;

/** Code of a reason; an anchor of `docs/reference/reasons.md`. */
export type ReasonCode = keyof typeof REASONS;
