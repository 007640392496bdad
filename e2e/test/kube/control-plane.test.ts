import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { createTestNamespace, kubectl } from '@bellows/e2e';
import { isAlive, machineHas, waitUntil } from '@bellows/testkit';

const FIXTURE = fileURLToPath(new URL('../fixtures/control-plane-host.mjs', import.meta.url));

/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 60_000 };

describe.runIf(machineHas('kube'))('control plane', () => {
  const info = inject('controlPlane')!;

  test('says the version of Kubernetes it is built from', async () => {
    const version = JSON.parse(await kubectl(info, ['version', '-o', 'json'])) as {
      serverVersion: { gitVersion: string };
    };
    expect(version.serverVersion.gitVersion).toBe('v1.37.2');
  });

  test('its controllers make the pods of a Deployment, and its scheduler has no node for them', async () => {
    const namespace = await createTestNamespace(info);
    const labels = { app: 'web' };
    await namespace.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'web', image: 'web' }] },
        },
      },
    });
    const reason = '{.items[*].status.conditions[*].reason}';
    await waitUntil(
      'two unschedulable pods',
      async () => {
        const found = await namespace.kubectl(['get', 'pods', '-o', `jsonpath=${reason}`]);
        return found === 'Unschedulable Unschedulable';
      },
      PATIENT,
    );
    await namespace.delete();
  });

  test('all its processes end when the one that started it is killed', async () => {
    const host = spawn(process.execPath, [FIXTURE], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    host.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const line = await waitUntil(
      'the control plane',
      () => output.includes('\n\n') && output,
      PATIENT,
    );
    const { pids, folder } = JSON.parse(line) as { pids: number[]; folder: string };
    expect(pids).toHaveLength(5);
    expect(pids.every(isAlive)).toBe(true);
    expect(existsSync(folder)).toBe(true);
    host.kill('SIGKILL');
    await waitUntil('the end of all', () => !pids.some(isAlive));
  });
});
