import { expect, test } from 'vitest';
import { readServiceReference } from '../../src/adapter/service-reference.ts';

test('reads namespace, name and port', () => {
  expect(readServiceReference('a/b')).toEqual({ namespace: 'a', name: 'b' });
  expect(readServiceReference('a/b:8443')).toEqual({ namespace: 'a', name: 'b', port: 8443 });
});

test.each(['', 'a', 'a/', '/b', 'a/b/c', 'a/b:0', 'a/b:65536', 'A/b', 'a/b?c'])(
  'refuses %s',
  (text) => {
    expect(() => readServiceReference(text)).toThrow('Expected a Service');
  },
);
