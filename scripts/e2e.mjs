// `npm run e2e -- --suite NAME --repeat N`: suites of end-to-end tests on a real control plane.
import { join } from 'node:path';
import { prepare, root, runStep } from './prepare.mjs';

prepare();
process.exit(
  runStep(process.execPath, [join(root, 'e2e/dist/suite-command.js'), ...process.argv.slice(2)]),
);
