import { BellowsError, Quantity } from '@bellows/core';

/**
 * Reads a quantity as the int64 of thousandths that the controller computes with.
 *
 * @param field - What the text is, for the error.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if the text is no quantity.
 */
export function milliValue(text: string, field: string): bigint {
  return parseQuantity(text, field).milliValue();
}

/**
 * Reads a quantity.
 *
 * @param field - What the text is, for the error.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if the text is no quantity.
 */
export function parseQuantity(text: string, field: string): Quantity {
  try {
    return Quantity.parse(text);
  } catch (cause) {
    throw new BellowsError(
      'ERR_HPA_OBSERVATION',
      `Expected a quantity such as 250m or 3, got ${JSON.stringify(text)}`,
      { place: { field }, remedy: 'Give the value as a Kubernetes quantity.', cause },
    );
  }
}
