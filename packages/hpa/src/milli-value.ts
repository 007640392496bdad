import { BellowsError, Quantity } from '@bellows/core';

/** What nearly all quantities look like; its thousandths fit an int64. */
const PLAIN = /^(\d{1,15})(m?)$/;

/**
 * Reads a quantity as the int64 of thousandths that the controller computes with.
 *
 * @param field - What the text is, for the error.
 * @param pod - Whose it is; undefined for none.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if the text is no quantity.
 */
export function milliValue(text: string, field: string, pod?: string): bigint {
  const plain = PLAIN.exec(text);
  if (plain?.[1] === undefined) return parseQuantity(text, field, pod).milliValue();
  return plain[2] === 'm' ? BigInt(plain[1]) : BigInt(plain[1]) * 1000n;
}

/**
 * Reads a quantity.
 *
 * @param field - What the text is, for the error.
 * @param pod - Whose it is; undefined for none.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if the text is no quantity.
 */
export function parseQuantity(text: string, field: string, pod?: string): Quantity {
  try {
    return Quantity.parse(text);
  } catch (cause) {
    throw new BellowsError(
      'ERR_HPA_OBSERVATION',
      `Expected a quantity such as 250m or 3, got ${JSON.stringify(text)}`,
      {
        place: { field: pod === undefined ? field : `${field} of pod ${pod}` },
        remedy: 'Give the value as a Kubernetes quantity.',
        cause,
      },
    );
  }
}
