import { BellowsError } from '@bellows/core';
import { environmentName } from './environment-name.ts';
import type { Environment, Reader } from './option-readers.ts';

/** How each option is read; in this order, since a default may follow another option. */
export type OptionReaders<Options> = {
  readonly [Name in keyof Options]: Reader<Options[Name], Options>;
};

/**
 * Takes each option from the code, else the environment, else its default. `undefined` in the code, and an empty
 * variable, are not given.
 * @param owner - What the options are of, for messages: `a queue`.
 * @param environment - Without one, options come from the code alone.
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, what is expected and what came.
 */
export function readOptions<Options extends object>(
  owner: string,
  readers: OptionReaders<Options>,
  given: unknown,
  environment: Environment = {},
): Options {
  const names = Object.keys(readers) as (keyof Options & string)[];
  const values = requireKnown(owner, names, given ?? {});
  const all: Record<string, unknown> = {};
  for (const name of names) {
    const reader = readers[name];
    const variable = environmentName(name);
    const text = environment[variable] === '' ? undefined : environment[variable];
    const raw = values[name] === undefined ? text : values[name];
    const value =
      // Only the options before it have values when a default asks for them, as OptionReaders promises.
      raw === undefined ? defaultOf(reader, all as Options, environment) : reader.read(raw);
    if (value === undefined && (raw !== undefined || reader.isRequired === true)) {
      const got = reader.isSecret === true ? 'a secret' : raw;
      throw values[name] === undefined && raw !== undefined
        ? invalidOption(undefined, variable, reader.expected, got)
        : invalidOption(owner, name, reader.expected, got);
    }
    all[name] = value;
  }
  return all as Options;
}

/** The options given. @throws BellowsError `ERR_KIT_OPTION` when it is no object, or has one that there is none of. */
function requireKnown(
  owner: string,
  names: readonly string[],
  given: unknown,
): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null) {
    throw invalidOption(owner, 'options', 'an object of options', given);
  }
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw unknownOption(owner, name, [...names]);
  }
  return given as Readonly<Record<string, unknown>>;
}

/**
 * The error of an option whose value is not as expected.
 * @param owner - What it is of; undefined when it came from an environment variable, whose name is the field.
 */
export function invalidOption(
  owner: string | undefined,
  field: string,
  expected: string,
  got: unknown,
): BellowsError {
  const what = owner === undefined ? `\`${field}\`` : `\`${field}\` of ${owner}`;
  return new BellowsError(
    'ERR_KIT_OPTION',
    `Expected ${what} to be ${expected}, got \`${shown(got)}\` (${typeof got})`,
    { place: { field }, remedy: `Set ${field} to ${expected}.` },
  );
}

function unknownOption(owner: string, name: string, names: readonly string[]): BellowsError {
  return new BellowsError(
    'ERR_KIT_OPTION',
    `Expected an option of ${owner}, got \`${name}\`; its options are ${names.join(', ')}`,
    { place: { field: name }, remedy: `Remove ${name} or mend its spelling.` },
  );
}

function defaultOf<Value, Options>(
  { defaultValue }: Reader<Value, Options>,
  before: Options,
  environment: Environment,
): Value | undefined {
  if (typeof defaultValue !== 'function') return defaultValue;
  return (defaultValue as (before: Options, environment: Environment) => Value)(
    before,
    environment,
  );
}

/** Lists and objects as they are written; what cannot be, such as a circle, by its kind. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
