import { constants } from 'node:os';

/** Reads one option's value, from code or from an environment variable's text. */
export interface Reader<Value> {
  /** Completes 'expected it to be …'. */
  readonly expected: string;
  /** @returns undefined when the value is not as expected. */
  readonly read: (value: unknown) => Value | undefined;
  readonly defaultValue: Value;
}

/** A number within bounds, both of them allowed. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly isInteger?: boolean;
  readonly defaultValue: number;
}

/** Reads a number in decimal. */
export function readNumber({
  min,
  max,
  isInteger = false,
  defaultValue,
}: NumberBounds): Reader<number> {
  return {
    expected: `${isInteger ? 'a whole number' : 'a number'} from ${min} to ${max}`,
    read: (value) => {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !(number >= min && number <= max)) return undefined;
      return isInteger && !Number.isInteger(number) ? undefined : number;
    },
    defaultValue,
  };
}

/** Reads `true` or `false`, in text also `1` and `0`. */
export function readBoolean(defaultValue: boolean): Reader<boolean> {
  const values = new Map<unknown, boolean>([
    [true, true],
    ['true', true],
    ['1', true],
    [false, false],
    ['false', false],
    ['0', false],
  ]);
  return { expected: 'true or false', read: (value) => values.get(value), defaultValue };
}

/** Reads one of a few words. */
export function readChoice<Choice extends string>(
  choices: readonly Choice[],
  defaultValue: Choice,
): Reader<Choice> {
  return {
    expected: choices.map((choice) => `'${choice}'`).join(' or '),
    read: (value) => choices.find((choice) => choice === value),
    defaultValue,
  };
}

/** Signals that no handler can be set for. */
const UNCATCHABLE = ['SIGKILL', 'SIGSTOP'];

/** Reads signal names, in text separated by commas. */
export function readSignals(
  defaultValue: readonly NodeJS.Signals[],
): Reader<readonly NodeJS.Signals[]> {
  const isSignal = (name: unknown): name is NodeJS.Signals =>
    typeof name === 'string' &&
    Object.hasOwn(constants.signals, name) &&
    !UNCATCHABLE.includes(name);
  return {
    expected: `a list of signals that can be caught, such as ${defaultValue.join(', ')}`,
    read: (value) => {
      const names: unknown =
        typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value;
      return Array.isArray(names) && names.every(isSignal) ? [...new Set(names)] : undefined;
    },
    defaultValue,
  };
}
