import { BellowsError } from '@bellows/core';

/** `value` itself. @throws BellowsError `ERR_KIT_METRIC` when it is not a finite number: it would spoil every sum it is part of. */
export function requireFinite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected the value of a metric to be a finite number, got \`${String(value)}\``,
    { remedy: 'Record nothing when there is no value.' },
  );
}
