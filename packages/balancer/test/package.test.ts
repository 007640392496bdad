import { expect, test } from 'vitest';
import * as balancer from '../src/index.ts';

test('the package exports these names', () => {
  expect(Object.keys(balancer).sort()).toEqual(['DEFAULT_ENDPOINT_DELAY_MS', 'createBalancer']);
});
