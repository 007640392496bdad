import { fileURLToPath } from 'node:url';
import { parseManifests } from '@bellows/manifest';
import { createSupervisor } from '@bellows/supervisor';
import { shopManifest } from './shop-manifest.ts';

/** A supervisor with so many idle pods, working in a folder; sends its Service's port when all are ready. */
const [, , podCount, folder = '.'] = process.argv;
const replicas = Number(podCount);
const service = fileURLToPath(new URL('run-service.js', import.meta.url));
const { objects } = parseManifests([
  {
    file: '-',
    text: shopManifest({
      replicas,
      servicePort: 48_080,
      command: [process.execPath, service],
      isProbed: true,
    }),
  },
]);

let isTold = false;
const supervisor = createSupervisor(
  { objects, workingDirectory: folder, stateDirectory: folder },
  {
    podChanged: () => {
      const [deployment] = supervisor.snapshot().deployments;
      if (deployment?.readyReplicas !== replicas || isTold) return;
      isTold = true;
      process.send?.(supervisor.snapshot().services[0]?.ports[0]?.localPort);
    },
  },
);
process.on('disconnect', () => {
  void supervisor.stop(0).then(() => process.exit());
});
await supervisor.start();
