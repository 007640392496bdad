import { constants } from 'node:os';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An option's value when none is given: fixed, or made from the environment and the options listed before it. */
export type Default<Value, Before> = Value | ((before: Before, environment: Environment) => Value);

/**
 * Reads one option's value, from code or from an environment variable's text.
 * @typeParam Before - The options that a default may be made from; those that are listed before this one have values.
 */
export interface Reader<Value, Before = unknown> {
  /** Completes 'expected it to be …'. */
  readonly expected: string;
  /** @returns undefined when the value is not as expected. */
  readonly read: (value: unknown) => Value | undefined;
  readonly defaultValue: Default<Value, Before> | undefined;
  /** Whether a value must not be shown, as in an error. */
  readonly isSecret?: boolean;
  /** Whether `undefined` as its default is none: one must be given. */
  readonly isRequired?: boolean;
}

/** A number within bounds, both of them allowed. */
export interface NumberBounds<Before> {
  readonly min: number;
  readonly max: number;
  readonly isInteger?: boolean;
  readonly defaultValue: Default<number, Before>;
}

/** Reads a number in decimal. */
export function readNumber<Before = unknown>({
  min,
  max,
  isInteger = false,
  defaultValue,
}: NumberBounds<Before>): Reader<number, Before> {
  return {
    expected: `${isInteger ? 'a whole number' : 'a number'} from ${min} to ${max}`,
    read: (value) => {
      const number = numberOf(value);
      if (number === undefined || !(number >= min && number <= max)) return undefined;
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

/** Reads a time in seconds above 0, a day at most, or `Infinity` for no bound. */
export function readWaitSeconds(defaultValue: number): Reader<number> {
  return {
    expected: 'above 0 and up to 86400, or Infinity',
    read: (value) => {
      const number = numberOf(value);
      if (number === undefined || !(number > 0)) return undefined;
      return number <= 86_400 || number === Infinity ? number : undefined;
    },
    defaultValue,
  };
}

/** In code a number, in an environment variable its decimal text. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' ? number : undefined;
}

/** Longest name: it is the value of a label. */
const MAX_NAME_LENGTH = 200;

/** Reads a name, which must be given unless it has a default. */
export function readName(defaultValue?: string): Reader<string> {
  return {
    expected: `a text of 1 to ${MAX_NAME_LENGTH} characters`,
    read: (value) =>
      typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH
        ? value
        : undefined,
    defaultValue,
    isRequired: true,
  };
}

/** Reads a function, or nothing. */
export function readOptionalFunction<Fn>(): Reader<Fn | undefined> {
  return {
    expected: 'a function',
    read: (value) => (typeof value === 'function' ? (value as Fn) : undefined),
    defaultValue: undefined,
  };
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

/** Reads one of a few numbers. */
export function readNumericChoice<Choice extends number>(
  choices: readonly Choice[],
  defaultValue: Choice,
): Reader<Choice> {
  return {
    expected: choices.join(' or '),
    read: (value) => choices.find((choice) => choice === value || String(choice) === value),
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
