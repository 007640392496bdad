import { expect, test } from 'vitest';
import { parseManifests, serviceSelects, type Service } from '../../src/index.ts';
import { serviceText } from '../fixtures/manifest-texts.ts';

function serviceWith(selector: string): Service {
  const text = serviceText(`selector: ${selector}\nports: [{ port: 80 }]`);
  const service = parseManifests([{ file: 'a.yaml', text }]).objects[0];
  if (service?.kind !== 'Service') throw new Error('no Service');
  return service;
}

test.each([
  ['{ app: shop }', { app: 'shop', tier: 'web' }, true],
  ['{ app: shop, tier: web }', { app: 'shop', tier: 'web' }, true],
  ['{ app: shop, tier: web }', { app: 'shop' }, false],
  ['{ app: shop }', { app: 'Shop' }, false],
  ['{ app: shop }', {}, false],
  ['{}', { app: 'shop' }, false],
])('the selector %s with the labels %j: %s', (selector, labels, expected) => {
  expect(serviceSelects(serviceWith(selector), labels)).toBe(expected);
});
