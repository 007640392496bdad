import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandInNamespace, type ControlPlaneInfo } from '@bellows/e2e';
import { createInformer, type KubernetesClient, type KubernetesObject } from '@bellows/kubernetes';
import { stopProcess } from '../worker-process.ts';
import { ADMIN_PORT } from './objects.ts';
import { NAMESPACES, SIGNALS, type Signal } from './signals.ts';

/** Where it is, inside the network namespace. */
export const PROMETHEUS_URL = 'http://127.0.0.1:9090';

interface ApiPod extends KubernetesObject {
  readonly status?: { readonly phase?: string; readonly podIP?: string };
}

/**
 * Starts Prometheus inside the network namespace, with a job for each scrape interval. Debian's has no discovery of Kubernetes, so it is
 * told of the pods by a file, which is written when a pod has an address: it looks at files at once, and at most each 5 s.
 */
export async function startPrometheusInside(
  info: ControlPlaneInfo,
  client: KubernetesClient,
  parent: string,
): Promise<{ stop(): Promise<void> }> {
  const folder = join(parent, 'prometheus');
  mkdirSync(folder);
  const write = writeTargets(folder);
  const again = (): void => {
    write(pods.list());
  };
  const pods = createInformer<ApiPod>(
    client,
    { path: `/api/v1/namespaces/${NAMESPACES.prometheus}/pods` },
    { onAdd: again, onUpdate: again, onDelete: again },
  );
  again();
  await pods.start();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, configText(folder));
  const [program, ...args] = commandInNamespace(info.namespacePid, [
    'prometheus',
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${new URL(PROMETHEUS_URL).host}`,
    '--log.level=error',
  ]);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    async stop() {
      await pods.stop();
      await stopProcess(child);
    },
  };
}

const scraped = SIGNALS.filter(({ prometheus }) => prometheus !== undefined);
const targetsFile = (folder: string, { id }: Signal): string => join(folder, `${id}.json`);

function configText(folder: string): string {
  const jobs = scraped.map((signal) => ({
    job_name: signal.id,
    scrape_interval: `${signal.prometheus?.scrapeSeconds ?? 0}s`,
    scrape_timeout: '4s',
    file_sd_configs: [{ files: [targetsFile(folder, signal)] }],
  }));
  return JSON.stringify({ scrape_configs: jobs });
}

/** Each job has the pods of its own signal only: the names of their applications begin with its id. */
function writeTargets(folder: string): (pods: readonly ApiPod[]) => void {
  const written = new Map<string, string>();
  return (pods) => {
    for (const signal of scraped) {
      const groups = pods
        .filter(({ metadata, status }) => {
          const isIts = metadata.labels?.['app']?.startsWith(`${signal.id}-`) === true;
          return isIts && status?.phase === 'Running' && status.podIP !== undefined;
        })
        .map(({ metadata, status }) => ({
          targets: [`${status?.podIP ?? ''}:${ADMIN_PORT}`],
          labels: { namespace: metadata.namespace, pod: metadata.name },
        }));
      const file = targetsFile(folder, signal);
      const text = JSON.stringify(groups);
      if (written.get(file) === text) continue;
      written.set(file, text);
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    }
  };
}
