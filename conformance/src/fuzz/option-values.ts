import { InvalidArgumentError } from 'commander';

/** A seed that differs from run to run. */
export function newSeed(): number {
  return Date.now() % 2 ** 31;
}

/** Reads an option's value. @throws InvalidArgumentError */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** Reads an option's value. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Expected a whole number.');
}
