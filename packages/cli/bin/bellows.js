#!/usr/bin/env node
// Refuses what cannot work before anything newer than this file is loaded.
import { platformRefusal } from './platform-refusal.js';

const refusal = platformRefusal();
if (refusal === undefined) {
  import('../dist/index.js')
    .then(({ runCli }) => runCli(process.argv.slice(2)))
    .then(
      (exitCode) => process.exit(exitCode),
      (error) => {
        process.stderr.write(
          `bellows: its own files cannot be loaded; install it again\n${error.stack}\n`,
        );
        process.exitCode = 3;
      },
    );
} else {
  process.stderr.write(`bellows: ${refusal} (ERR_CLI_PLATFORM)\n`);
  process.exitCode = 3;
}
