import { expect, test } from 'vitest';
import type { ApiPod } from '../../src/node/api-pod.ts';
import { podFromApi } from '../../src/node/pod-from-api.ts';

const SOURCES = { configMaps: [], secrets: [], environment: { A: 'b' } };
const FOLDERS = { images: '/images', fallback: '/clone' };

/** As the API server sends one, with fields that no process has a use for. */
function apiPod(container: object, annotations: Record<string, string> = {}): ApiPod {
  return {
    metadata: {
      name: 'shop-1',
      namespace: 'default',
      uid: 'u-1',
      labels: { app: 'shop' },
      annotations,
    },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'shop:1', ...container }],
      ...{ nodeName: 'node-1', schedulerName: 'default-scheduler', tolerations: [], volumes: [] },
    },
  };
}

test('a pod is read as a manifest is, with its own labels and restart policy', () => {
  const pod = podFromApi(
    apiPod({ command: ['node', 'server.js'], ports: [{ containerPort: 80 }] }),
    SOURCES,
    FOLDERS,
  );
  expect(pod.metadata).toMatchObject({ name: 'shop-1', uid: 'u-1', labels: { app: 'shop' } });
  expect(pod.spec).toMatchObject({ restartPolicy: 'Never', terminationGracePeriodSeconds: 30 });
  expect(pod.spec.containers[0]).toMatchObject({
    command: ['node', 'server.js'],
    ports: [{ containerPort: 80, protocol: 'TCP' }],
  });
  expect(pod).toMatchObject({ workingDirectory: '/clone', environment: { A: 'b' } });
});

test('annotations say the command and the folder, as with bellows up', () => {
  const annotations = {
    'bellows.dev/command': 'python3 -m http.server',
    'bellows.dev/working-directory': 'site',
  };
  const pod = podFromApi(apiPod({ args: ['--port=80'] }, annotations), SOURCES, FOLDERS);
  expect(pod.spec.containers[0]).toMatchObject({
    command: ['python3', '-m', 'http.server'],
    args: [],
  });
  expect(pod.workingDirectory).toBe('/clone/site');
});

test('a command that cannot be read is refused', () => {
  const annotations = { 'bellows.dev/command': '[node' };
  expect(() => podFromApi(apiPod({}, annotations), SOURCES, FOLDERS)).toThrow(
    /bellows.dev\/command/,
  );
});
