import { selectorFromLabelSelector } from '@bellows/core';
import { expect, test } from 'vitest';
import { findTarget, observeScale } from '../../src/autoscaler/observe-scale.ts';
import type { DeploymentController } from '../../src/deployment/deployment-controller.ts';
import { deployment, NOW_MS, podStatus } from '../fixtures/objects.ts';

const shop: DeploymentController = {
  deployment: deployment(),
  selector: selectorFromLabelSelector({ matchLabels: { tier: 'web', app: 'shop' } }),
  desiredReplicas: () => 3,
  scale: () => [],
  reconcile: () => [],
  pods: () => [
    podStatus(),
    podStatus({ ready: false, phase: 'Pending' }),
    podStatus({ deletionTimestampMs: NOW_MS }),
    podStatus({ phase: 'Failed' }),
  ],
  podDeleted: () => undefined,
  stop: () => undefined,
};
const reference = { kind: 'Deployment', name: 'shop' };

test('a scale has the replicas asked for, the pods there are, and the selector as text', () => {
  expect(observeScale(reference, shop)).toEqual({
    specReplicas: 3,
    statusReplicas: 2,
    selector: 'app=shop,tier=web',
  });
});

test('the target is found by kind, name and namespace', () => {
  expect(findTarget('default', reference, [shop])).toBe(shop);
  expect(findTarget('other', reference, [shop])).toBeUndefined();
  expect(findTarget('default', { ...reference, name: 'shp' }, [shop])).toBeUndefined();
  expect(findTarget('default', { ...reference, kind: 'StatefulSet' }, [shop])).toBeUndefined();
});

test.each([
  ['Deployment', 'deployments.apps "shop" not found'],
  ['StatefulSet', 'StatefulSet/shop cannot be scaled here: only Deployments run on one machine'],
])('a %s that is not there is an error', (kind, error) => {
  expect(observeScale({ kind, name: 'shop' }, undefined)).toEqual({ error });
});
