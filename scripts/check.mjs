// `npm run check`: everything about the code that can be told without running it.
import { prepare, root, runStep } from './prepare.mjs';
import { join } from 'node:path';

const node = (script, ...args) => [process.execPath, [join(root, script), ...args]];
const steps = {
  lint: node('node_modules/eslint/bin/eslint.js', '.'),
  format: node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  workspace: node('scripts/dist/check-workspace.js'),
  documentation: node('node_modules/typedoc/bin/typedoc', '--logLevel', 'Warn', '--emit', 'none'),
};

prepare(); // also checks the types
let failed = 0;
for (const [name, [command, args]] of Object.entries(steps)) {
  const status = runStep(command, args);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (status !== 0) failed += 1;
}
process.stdout.write(`${Object.keys(steps).length + 1 - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
