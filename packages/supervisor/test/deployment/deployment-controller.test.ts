import { createRandom } from '@bellows/core';
import { expect, test } from 'vitest';
import {
  createDeploymentController,
  type DeploymentController,
} from '../../src/deployment/deployment-controller.ts';
import { FakeKubelet } from '../fixtures/fake-kubelet.ts';
import { deployment, NOW_MS } from '../fixtures/objects.ts';

function controllerOf(replicas: number): {
  kubelet: FakeKubelet;
  controller: DeploymentController;
} {
  const shop = deployment({ replicas });
  const kubelet: FakeKubelet = new FakeKubelet(
    { stateDirectory: '', configMaps: [], secrets: [], environment: {} },
    {
      podDeleted: ({ metadata }) => {
        controller.podDeleted(metadata.uid);
      },
    },
  );
  const controller: DeploymentController = createDeploymentController({
    deployment: shop,
    podSpec: shop.spec.template.spec,
    workingDirectory: '/srv/shop',
    kubelet,
    random: createRandom(1),
    now: () => NOW_MS,
  });
  return { kubelet, controller };
}

test('pods carry the template’s labels, its hash and a name of their own', () => {
  const { kubelet, controller } = controllerOf(2);
  const created = controller.reconcile();
  expect(created).toHaveLength(2);
  expect(new Set(created.map(({ metadata }) => metadata.name)).size).toBe(2);
  const [pod] = kubelet.accepted;
  expect(pod).toMatchObject({
    metadata: { namespace: 'default', creationTimestampMs: NOW_MS },
    workingDirectory: '/srv/shop',
  });
  const hash = pod!.metadata.labels['pod-template-hash'];
  expect(pod!.metadata.labels).toEqual({ app: 'shop', 'pod-template-hash': hash });
  expect(pod!.metadata.name).toMatch(new RegExp(`^shop-${String(hash)}-[b-z2-9]{5}$`));
});

test('scaling creates and deletes at once', () => {
  const { kubelet, controller } = controllerOf(1);
  controller.reconcile();
  expect(controller.scale(3)).toHaveLength(2);
  expect(controller.desiredReplicas()).toBe(3);
  kubelet.makeReady(controller.pods()[1]!.metadata.uid);
  expect(controller.scale(1)).toEqual([]);
  expect(controller.pods().map(({ phase }) => phase)).toEqual(['Running']);
});

test('a pod that is gone is replaced', () => {
  const { kubelet, controller } = controllerOf(2);
  const [first] = controller.reconcile();
  kubelet.deletePod(first!.metadata.uid);
  expect(controller.pods()).toHaveLength(2);
  expect(controller.pods().some(({ metadata }) => metadata.uid === first!.metadata.uid)).toBe(
    false,
  );
});

test('pods of others are not its own', () => {
  const { kubelet, controller } = controllerOf(1);
  controller.reconcile();
  const foreign = {
    ...kubelet.accepted[0]!,
    metadata: { ...kubelet.accepted[0]!.metadata, uid: 'foreign' },
  };
  kubelet.runPod(foreign);
  expect(controller.pods()).toHaveLength(1);
  kubelet.deletePod('foreign');
  expect(kubelet.accepted).toHaveLength(2);
});

test('after stop nothing is created or deleted', () => {
  const { kubelet, controller } = controllerOf(1);
  const [pod] = controller.reconcile();
  controller.stop();
  kubelet.deletePod(pod!.metadata.uid);
  expect(controller.pods()).toEqual([]);
  expect(controller.scale(5)).toEqual([]);
});
