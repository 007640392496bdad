import { describe, expect, test } from 'vitest';
import { parseLabelSelector, Selector } from '../../src/index.ts';

describe('Selector', () => {
  test('without requirements selects everything; the nothing selector nothing', () => {
    expect([Selector.of([]).matches({}), Selector.of([]).isEmpty]).toEqual([true, true]);
    expect([Selector.nothing().matches({}), Selector.nothing().isEmpty]).toEqual([false, false]);
  });

  test('wants all its requirements to hold', () => {
    const selector = parseLabelSelector('app=shop,tier in (web,db)');
    expect(selector.matches({ app: 'shop', tier: 'db' })).toBe(true);
    expect(selector.matches({ app: 'shop' })).toBe(false);
  });

  test('sorts requirements by key and keeps the order of one key', () => {
    expect(parseLabelSelector('b,a!=2,a=1').toString()).toBe('a!=2,a=1,b');
  });
});
