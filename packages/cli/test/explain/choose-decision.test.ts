import { describe, expect, test } from 'vitest';
import { decisionAt, decisionsOf } from '../../src/explain/choose-decision.ts';
import { NOON_MS, recordedDecisions } from '../fixtures/recorded-run.ts';

const shop = recordedDecisions([
  [1, '5'],
  [1, '30'],
  [3, '10'],
]);
const cart = recordedDecisions([[1, '5']], 'cart');

describe('decisionsOf', () => {
  const both = { file: 'run.ndjson', decisions: [...shop, ...cart] };

  test('takes the only HPA, or the one that is named as kubectl names it', () => {
    expect(decisionsOf({ file: 'run', decisions: shop }, undefined)).toEqual(shop);
    for (const name of ['cart', 'hpa/cart', 'horizontalpodautoscaler/cart']) {
      expect(decisionsOf(both, name)).toEqual(cart);
    }
  });

  test('lists the HPAs where it is not clear which, or there is no such one', () => {
    expect(() => decisionsOf(both, undefined)).toThrow(/several: shop, cart/);
    expect(() => decisionsOf(both, 'hpa/web')).toThrow(
      expect.objectContaining({ remedy: 'It has decisions of shop, cart' }),
    );
  });
});

describe('decisionAt', () => {
  test('takes the newest, or the last at or before a time', () => {
    expect(decisionAt(shop, undefined)).toBe(shop[2]);
    expect(decisionAt(shop, '12:00:15')).toBe(shop[1]);
    expect(decisionAt(shop, '12:00:29')).toBe(shop[1]);
    expect(decisionAt(shop, '12:00')).toBe(shop[0]);
    expect(decisionAt(shop, new Date(NOON_MS + 20_000).toISOString())).toBe(shop[1]);
    expect(decisionAt(shop, '23:59:59')).toBe(shop[2]);
  });

  test('says from when on there are decisions, and what a time looks like', () => {
    expect(() => decisionAt(shop, '11:59:59')).toThrow(/from 2026-11-22 12:00:00 on/);
    for (const text of ['soon', '', '12', '2026-13-45']) {
      expect(() => decisionAt(shop, text)).toThrow(
        expect.objectContaining({ code: 'ERR_CLI_USAGE' }),
      );
    }
  });
});
