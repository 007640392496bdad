import fc from 'fast-check';

/** A quantity as text, and about how many thousandths it is, for what is chosen to be near it. */
export interface QuantityPlan {
  readonly text: string;
  readonly milli: number;
}

/** Where arithmetic of 32 and 64 bits, of decimals and of big decimals changes over. */
const EDGES: readonly QuantityPlan[] = [
  ...['0', '1n', '999n', '1u', '1m', '1001u', '0.0001', '1.0005', '1Ki', '1023', '1025m'],
  ...['2147483647', '2147483648', '2147483647m', '4294967296', '9007199254740993', '9E', '8Ei'],
  ...['9223372036854775807', '9223372036854775807m', '9223372036854775808m', '9223372036854776'],
  ...['1e18', '12E', '1e3', '1E', '999999999999999999', '1000000000000000000', '1e-9', '3e-10'],
  // A hundred times these thousandths are just inside and just outside of 64 bits.
  ...['92233720368547', '92233720368548', '92233720368547m', '21474836470m', '21474836480m'],
  ...['123456789012345678', '0.000000001', '12345678901234567890', '1.5Gi', '0.1Ki', '100e-3'],
].map((text) => ({ text, milli: 1000 }));

const SUFFIXES: readonly (readonly [string, number])[] = [
  ['n', 1e-6],
  ['u', 1e-3],
  ['k', 1e6],
  ['M', 1e9],
  ['Ki', 1024e3],
  ['Mi', 1024 ** 2 * 1e3],
  ['Gi', 1024 ** 3 * 1e3],
  ['e3', 1e6],
  ['E-2', 10],
];

/** A quantity above zero. */
export const positiveQuantity: fc.Arbitrary<QuantityPlan> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 5000 }).map(inMilli) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 200 }).map((n) => inMilli(n * 1000)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 99_999 }).map(asDecimal) },
  { weight: 1, arbitrary: withSuffix() },
  { weight: 1, arbitrary: fc.constantFrom(...EDGES.slice(1)) },
);

/** Any quantity, zero and below included. */
export const anyQuantity: fc.Arbitrary<QuantityPlan> = fc.oneof(
  { weight: 8, arbitrary: positiveQuantity },
  { weight: 1, arbitrary: fc.constant({ text: '0', milli: 0 }) },
  { weight: 1, arbitrary: positiveQuantity.map(negated) },
);

/** Thousandths in the form the API server writes them; huge ones with an exponent. */
export function inMilli(milli: number): QuantityPlan {
  const whole = Math.round(milli);
  if (!Number.isSafeInteger(whole)) return { text: '9E', milli: 9e21 };
  return { text: whole % 1000 === 0 ? String(whole / 1000) : `${whole}m`, milli: whole };
}

function asDecimal(milli: number): QuantityPlan {
  return { text: (milli / 1000).toFixed(3), milli };
}

function withSuffix(): fc.Arbitrary<QuantityPlan> {
  return fc
    .tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(...SUFFIXES))
    .map(([count, [suffix, milli]]) => ({ text: `${count}${suffix}`, milli: count * milli }));
}

function negated({ text, milli }: QuantityPlan): QuantityPlan {
  return { text: `-${text}`, milli: -milli };
}
