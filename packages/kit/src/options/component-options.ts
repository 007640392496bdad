import { BellowsError } from '@bellows/core';
import type { Environment, Reader } from './option-readers.ts';

/** How each option of a component, such as a queue, is read; in this order, since a default may follow another option. */
export type ComponentReaders<Options> = {
  readonly [Name in keyof Options]: Reader<Options[Name], Options>;
};

const NO_ENVIRONMENT: Environment = {};

/**
 * Reads the options of a part of the kit that the service creates by itself: from the code only.
 * @param component - What it is, for the message: `a queue`.
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, what is expected and what came.
 */
export function readComponentOptions<Options extends object>(
  component: string,
  readers: ComponentReaders<Options>,
  given: unknown,
): Options {
  const values = (given ?? {}) as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(readers, name)) throw unknownOption(component, name, Object.keys(readers));
  }
  const all: Record<string, unknown> = {};
  for (const name of Object.keys(readers)) {
    const reader = readers[name as keyof Options];
    const raw = values[name];
    // Only the options before it have values when a default asks for them, as ComponentReaders promises.
    all[name] = raw === undefined ? defaultOf(reader, all as Options) : reader.read(raw);
    if (raw !== undefined && all[name] === undefined) {
      throw invalidOption(component, name, reader.expected, raw);
    }
  }
  return all as Options;
}

/** A name: the value of a label, so it is bounded. There is no default. */
export function readName(component: string): Reader<string> {
  const expected = `a text of 1 to ${MAX_NAME_LENGTH} characters`;
  return {
    expected,
    read: (value) =>
      typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH
        ? value
        : undefined,
    defaultValue: () => {
      throw invalidOption(component, 'name', expected, undefined);
    },
  };
}

const MAX_NAME_LENGTH = 200;

function defaultOf<Value, Options>(
  { defaultValue }: Reader<Value, Options>,
  before: Options,
): Value {
  if (typeof defaultValue !== 'function') return defaultValue;
  return (defaultValue as (before: Options, environment: Environment) => Value)(
    before,
    NO_ENVIRONMENT,
  );
}

function unknownOption(component: string, name: string, names: readonly string[]): BellowsError {
  return new BellowsError(
    'ERR_KIT_OPTION',
    `Expected an option of ${component}, got \`${name}\`; its options are ${names.join(', ')}`,
    { place: { field: name }, remedy: `Remove ${name} or mend its spelling.` },
  );
}

function invalidOption(
  component: string,
  name: string,
  expected: string,
  got: unknown,
): BellowsError {
  return new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`${name}\` of ${component} to be ${expected}, got \`${String(got)}\` (${typeof got})`,
    { place: { field: name }, remedy: `Set ${name} to ${expected}.` },
  );
}
