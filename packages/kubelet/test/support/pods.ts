import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Container, PodSpec, Probe } from '@bellows/manifest';
import type { Pod } from '../../src/pod.ts';

/** Absolute path of a file under `test/fixtures`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** A container that runs a fixture with Node; `overrides` win. */
export function nodeContainer(
  words: readonly string[],
  overrides: Partial<Container> = {},
): Container {
  const [name = '', ...rest] = words;
  return {
    name: 'app',
    command: [process.execPath, fixture(name), ...rest],
    env: [],
    envFrom: [],
    ports: [{ name: 'http', containerPort: 3000, protocol: 'TCP' }],
    resources: { requests: {}, limits: {} },
    lifecycle: {},
    ...overrides,
  };
}

/** A probe of `GET /` on the port named `http`, each second. */
export function httpProbe(overrides: Partial<Probe> = {}): Probe {
  return {
    httpGet: { path: '/', port: 'http', scheme: 'HTTP', httpHeaders: [] },
    initialDelaySeconds: 0,
    timeoutSeconds: 1,
    periodSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
    ...overrides,
  };
}

let count = 0;

/** A pod with a new name and uid. */
export function pod(containers: readonly Container[], spec: Partial<PodSpec> = {}): Pod {
  const uid = randomUUID();
  return {
    metadata: {
      name: `pod-${++count}`,
      namespace: 'default',
      uid,
      labels: { app: 'shop' },
      annotations: {},
    },
    spec: { containers, terminationGracePeriodSeconds: 5, restartPolicy: 'Always', ...spec },
    workingDirectory: process.cwd(),
  };
}
