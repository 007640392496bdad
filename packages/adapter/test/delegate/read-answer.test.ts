import { describe, expect, test } from 'vitest';
import { readExternalValues, readResourceNames } from '../../src/delegate/read-answer.ts';

describe('readExternalValues', () => {
  test('a value without a time is missing', () => {
    expect(readExternalValues({ items: [{ value: '1' }] })).toMatchObject([
      { value: { kind: 'missing', reason: 'its former owner gave no time' } },
    ]);
  });

  test.each([null, 3, 'x', [], {}, { items: null }, { items: [null] }, { items: ['x'] }])(
    'refuses %j',
    (body) => {
      expect(() => readExternalValues(body)).toThrow('Expected a list with items');
    },
  );
});

test('a listing without names is empty', () => {
  expect(readResourceNames({ resources: [{ name: '' }, {}, { name: 'lag' }] })).toEqual(['lag']);
});
