import { createAdapter, createJsonLog } from '@bellows/adapter';
import { createKubernetesClient } from '@bellows/kubernetes';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { listenForStopRequests } from '../terminal/stop-requests.ts';
import { versionText } from '../version.ts';
import type { AdapterFlags } from './adapter-flags.ts';
import { readAdapterOptions } from './adapter-options.ts';

/**
 * Serves the metrics APIs until a signal comes, then fails readiness, answers what is under way and ends. A second signal ends it at once.
 *
 * @param exit - Called at a third one.
 * @returns 0 after a signal: that is how a pod ends.
 * @throws BellowsError when it cannot start.
 */
export async function serveAdapter(
  flags: AdapterFlags,
  exit: (exitCode: ExitCode) => void,
): Promise<ExitCode> {
  const options = readAdapterOptions(flags);
  const log = createJsonLog((line) => process.stdout.write(line));
  const { listerKubeconfig: kubeconfig } = flags;
  const client = await createKubernetesClient({
    userAgent: `bellows-adapter/${versionText()}`,
    ...(kubeconfig !== undefined && kubeconfig !== '' && { kubeconfig }),
  });
  const requests = listenForStopRequests(process.stdout, exit);
  const adapter = createAdapter({
    ...options,
    ...{ client, log },
    server: { ...options.server, version: versionText() },
  });
  try {
    const { port } = await adapter.start();
    log('info', 'listening', { port, server: client.server });
    const { reason } = await requests.first;
    log('info', 'ending', { reason });
    await Promise.race([adapter.stop(), requests.second]);
    return EXIT_CODE.ok;
  } finally {
    requests.stop();
    client.close();
  }
}
