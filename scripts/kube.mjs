// `npm run kube up|down|kubectl …`: Kubernetes' control plane to play with.
import { join } from 'node:path';
import { prepare, root, runStep } from './prepare.mjs';

prepare();
process.exit(
  runStep(process.execPath, [join(root, 'e2e/dist/kube-command.js'), ...process.argv.slice(2)]),
);
