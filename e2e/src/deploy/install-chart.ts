import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../kube/control-plane.ts';
import { writeKubeconfig } from '../kube/kubeconfig-file.ts';
import { kubectl } from '../kube/kubectl.ts';
import { API_SERVER_PORT } from '../kube/network-namespace.ts';
import { asProcess, isHook, parseChart, writeMounts, type ChartObject } from './chart-objects.ts';
import { PLAIN_RELEASE, renderChart } from './render-chart.ts';

/** How {@link installChart} installs. */
export interface InstallOptions {
  /** Folder for what a node would mount. */
  readonly folder: string;
  /** Values that differ from the chart's. */
  readonly values: object;
}

/** The adapter's chart, installed. */
export interface InstalledChart {
  /** Installs it with other values, and takes away what it has no more. */
  upgrade(values: object): Promise<void>;
  /** Runs its hook and takes all of it away, as Helm does. */
  uninstall(): Promise<void>;
}

/** Longer than a busy machine needs. */
const PATIENCE = '--timeout=180s';
const { name: NAME, namespace: NAMESPACE } = PLAIN_RELEASE;

/**
 * Installs the adapter's chart as Helm would, in its namespace, which must be there, with pods that are processes of a node. Resolves when
 * they are ready.
 *
 * @throws Error of Helm or kubectl.
 */
export async function installChart(
  plane: ControlPlane,
  { folder, values }: InstallOptions,
): Promise<InstalledChart> {
  const release = new Release(plane, folder);
  await release.upgrade(values);
  return release;
}

class Release implements InstalledChart {
  readonly #plane: ControlPlane;
  readonly #folder: string;
  #objects: readonly ChartObject[] = [];
  #hooks: readonly ChartObject[] = [];

  constructor(plane: ControlPlane, folder: string) {
    this.#plane = plane;
    this.#folder = folder;
  }

  async upgrade(values: object): Promise<void> {
    const all = parseChart(await renderChart(values));
    const objects = all.filter((object) => !isHook(object));
    writeMounts(objects, this.#folder);
    const isDeployment = ({ kind }: ChartObject): boolean => kind === 'Deployment';
    await this.#send(
      'apply',
      objects.filter((object) => !isDeployment(object)),
    );
    await this.#writeKubeconfig();
    const flag = `--lister-kubeconfig=${this.#kubeconfig}`;
    const place = { folder: this.#folder, kubeconfigFlag: flag };
    await this.#send(
      'apply',
      objects.filter(isDeployment).map((one) => asProcess(one, place)),
    );
    const before = this.#objects;
    this.#objects = objects;
    this.#hooks = all.filter(isHook);
    await this.#run('rollout', 'status', `deployment/${NAME}`, PATIENCE);
    const kept = new Set(objects.map(keyOf));
    await this.#send(
      'delete',
      before.filter((object) => !kept.has(keyOf(object))),
    );
  }

  async uninstall(): Promise<void> {
    const place = { folder: this.#folder, kubeconfigFlag: `--kubeconfig=${this.#kubeconfig}` };
    const jobs = this.#hooks.map((job) => asProcess(job, place));
    await this.#send('apply', jobs);
    for (const { metadata } of jobs) {
      await this.#run('wait', '--for=condition=complete', `job/${metadata.name}`, PATIENCE);
    }
    await this.#send('delete', jobs);
    await this.#send('delete', this.#objects);
  }

  get #kubeconfig(): string {
    return join(this.#folder, 'account-kubeconfig');
  }

  async #writeKubeconfig(): Promise<void> {
    const token = await this.#run('create', 'token', NAME);
    writeKubeconfig(this.#kubeconfig, {
      server: `https://127.0.0.1:${API_SERVER_PORT}`,
      authority: readFileSync(join(this.#plane.info.folder, 'ca.crt'), 'utf8'),
      user: { token: token.trim() },
    });
  }

  async #send(verb: 'apply' | 'delete', items: readonly object[]): Promise<void> {
    if (items.length === 0) return;
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    await kubectl(this.#plane.info, [verb, '-f', '-'], list);
  }

  #run(...args: readonly string[]): Promise<string> {
    return kubectl(this.#plane.info, [...args, `--namespace=${NAMESPACE}`]);
  }
}

function keyOf({ kind, metadata }: ChartObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}
