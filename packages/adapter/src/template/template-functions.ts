import { equalsAny, isBefore } from './compare-values.ts';
import { escapeHtml, escapeJavaScript, escapeQuery } from './escape-text.ts';
import { goTypeName, isMap, isSlice, isTrue, type GoValue } from './go-value.ts';
import { printFormat } from './print-format.ts';
import { printValue, printValues } from './print-value.ts';

/** Called for arguments that do not fit; must throw. */
type Fail = (problem: string) => never;
type TemplateFunction = (values: readonly GoValue[], fail: Fail) => GoValue;

/** The functions that Go's templates have by themselves; `and` and `or` are the executor's, as they stop early. */
const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  not: (values, fail) => !isTrue(only(values, fail)),
  len: (values, fail) => length(only(values, fail), fail),
  index: ([value, ...keys], fail) =>
    keys.reduce<GoValue>((item, key) => itemAt(item, key, fail), value),
  slice: ([value, ...bounds], fail) => part(value, bounds, fail),
  print: (values) => printValues(values),
  println: (values) => `${values.map(printValue).join(' ')}\n`,
  printf: ([format, ...values], fail) =>
    typeof format === 'string' ? printFormat(format, values) : fail('printf wants a format'),
  html: (values) => escapeHtml(printed(values)),
  js: (values) => escapeJavaScript(printed(values)),
  urlquery: (values) => escapeQuery(printed(values)),
  call: ([value], fail) => fail(`non-function of type ${goTypeName(value)}`),
  eq: ([first, ...others], fail) => equalsAny(first, others, fail),
  ne: (values, fail) => {
    const [a, b] = two(values, fail);
    return !equalsAny(a, [b], fail);
  },
  lt: (values, fail) => isBefore(...two(values, fail), fail),
  le: (values, fail) =>
    isBefore(...two(values, fail), fail) || equalsAny(values[0], [values[1]], fail),
  gt: (values, fail) => !FUNCTIONS['le']?.(values, fail),
  ge: (values, fail) => !isBefore(...two(values, fail), fail),
};

/** Whether templates know a function of that name. */
export function isTemplateFunction(name: string): boolean {
  return name === 'and' || name === 'or' || Object.hasOwn(FUNCTIONS, name);
}

/**
 * Calls a function of templates.
 *
 * @param fail - Called for arguments that do not fit.
 * @see golang/go go1.26 src/text/template/funcs.go
 */
export function callFunction(name: string, values: readonly GoValue[], fail: Fail): GoValue {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (values.length === 0 && !name.startsWith('print'))
    fail('wrong number of args: want at least 1, got 0');
  return found === undefined
    ? fail(`function ${JSON.stringify(name)} not defined`)
    : found(values, fail);
}

function only(values: readonly GoValue[], fail: Fail): GoValue {
  if (values.length !== 1) fail(`wrong number of args: want 1 got ${values.length}`);
  return values[0];
}

function two(values: readonly GoValue[], fail: Fail): [GoValue, GoValue] {
  if (values.length !== 2) fail(`wrong number of args: want 2 got ${values.length}`);
  return [values[0], values[1]];
}

/** Escaping functions print their arguments as `print` does; a single string stays as it is. */
function printed(values: readonly GoValue[]): string {
  return printValues(values);
}

function length(value: GoValue, fail: Fail): bigint {
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value));
  if (isSlice(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(value.size);
  return fail(`len of type ${goTypeName(value)}`);
}

function itemAt(value: GoValue, key: GoValue, fail: Fail): GoValue {
  if (isMap(value)) {
    if (typeof key !== 'string') return fail(`value has type ${goTypeName(key)}; should be string`);
    // The zero value of a map of strings.
    return value.get(key) ?? '';
  }
  const items = typeof value === 'string' ? Buffer.from(value) : value;
  if (!(isSlice(items as GoValue) || Buffer.isBuffer(items))) {
    return fail(`can't index item of type ${goTypeName(value)}`);
  }
  const list = items as readonly GoValue[] | Buffer;
  const at = position(key, list.length - 1, fail);
  const item = list[at];
  return Buffer.isBuffer(list) ? BigInt(item as number) : item;
}

function part(value: GoValue, bounds: readonly GoValue[], fail: Fail): GoValue {
  const isText = typeof value === 'string';
  if (!isText && !isSlice(value)) return fail(`can't slice item of type ${goTypeName(value)}`);
  if (bounds.length > (isText ? 2 : 3)) return fail('too many slice indexes');
  const items = isText ? Buffer.from(value) : value;
  const [from, to = items.length, max = items.length] = bounds.map((bound) =>
    position(bound, items.length, fail),
  );
  if ((from ?? 0) > to || to > max) return fail(`invalid slice index: ${from ?? 0} > ${to}`);
  return isText ? Buffer.from(value).subarray(from, to).toString() : value.slice(from, to);
}

function position(key: GoValue, last: number, fail: Fail): number {
  if (typeof key !== 'bigint') return fail(`cannot index slice/array with type ${goTypeName(key)}`);
  if (key < 0n || key > BigInt(last)) return fail(`index out of range: ${key}`);
  return Number(key);
}
