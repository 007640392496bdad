import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCertificate } from '../kube/certificates.ts';
import type { ControlPlane } from '../kube/control-plane.ts';
import { KubeProcess } from '../kube/kube-process.ts';
import { commandInNamespace } from '../kube/network-namespace.ts';

/** A Prometheus inside the control plane's network that scrapes its nodes. */
export interface NodePrometheus {
  /** Base URL, inside. */
  readonly url: string;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Nothing else listens there inside. */
const ADDRESS = '127.0.0.1:9090';
const READY = 'Server is ready to receive web requests';

/**
 * Starts a real Prometheus that scrapes `/metrics/resource` of nodes each second, by a certificate, as a cluster's monitoring does.
 *
 * @param nodes - `host:port` of the nodes' servers, inside.
 */
export async function startNodePrometheus(
  { info, authority }: Pick<ControlPlane, 'info' | 'authority'>,
  nodes: readonly string[],
): Promise<NodePrometheus> {
  const folder = join(info.folder, 'prometheus');
  mkdirSync(folder);
  const subject = 'O=system:masters,CN=prometheus';
  writeCertificate(folder, 'client', await authority.issue({ subject }));
  const config = join(folder, 'prometheus.json');
  writeFileSync(config, JSON.stringify({ scrape_configs: [scrapeConfig(info.folder, nodes)] }));
  const started = new KubeProcess({
    name: 'prometheus',
    command: commandInNamespace(info.namespacePid, [
      // It does not watch its standard input.
      ...['setpriv', '--pdeathsig', 'KILL', 'prometheus'],
      ...[`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`],
      `--web.listen-address=${ADDRESS}`,
    ]),
    logFile: join(info.folder, 'prometheus.log'),
  });
  try {
    await started.waitUntil(() => Promise.resolve(started.hasSaid(READY)), 60_000);
  } catch (error) {
    await started.end('SIGKILL');
    throw error;
  }
  return { url: `http://${ADDRESS}`, stop: () => started.end('SIGKILL') };
}

function scrapeConfig(folder: string, nodes: readonly string[]): object {
  const file = (name: string): string => join(folder, name);
  return {
    ...{ job_name: 'kubelet', scheme: 'https', metrics_path: '/metrics/resource' },
    scrape_interval: '1s',
    tls_config: {
      ca_file: file('ca.crt'),
      cert_file: file('prometheus/client.crt'),
      key_file: file('prometheus/client.key'),
    },
    static_configs: [{ targets: nodes }],
  };
}
