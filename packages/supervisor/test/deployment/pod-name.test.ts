import { createRandom } from '@bellows/core';
import { expect, test } from 'vitest';
import { podName, templateHash } from '../../src/deployment/pod-name.ts';
import { deployment } from '../fixtures/objects.ts';

const { template } = deployment().spec;

test('a pod is named after Deployment, template and five random characters', () => {
  expect(podName('shop', 'bcdf', createRandom(1))).toMatch(/^shop-bcdf-[b-z2-9]{5}$/);
});

test('a long name is cut so that the pod’s has 63 characters', () => {
  const name = podName('a'.repeat(80), 'bcdf', createRandom(1));
  expect(name).toHaveLength(63);
  expect(name.startsWith('a'.repeat(58))).toBe(true);
});

test('equal templates have equal hashes, other templates have others', () => {
  const other = { ...template, spec: { ...template.spec, terminationGracePeriodSeconds: 6 } };
  expect(templateHash(structuredClone(template))).toBe(templateHash(template));
  expect(templateHash(other)).not.toBe(templateHash(template));
  expect(templateHash(template)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{10}$/);
});
