#!/usr/bin/env node
// Refuses what cannot work before anything newer than this file is loaded.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const refusal =
  major < 20 || (major === 20 && minor < 19)
    ? `Bellows needs Node 20.19 or newer, this is ${process.versions.node}. See https://nodejs.org/en/download`
    : process.platform === 'win32'
      ? 'Bellows does not run on Windows itself: pods need POSIX signals and process groups. Run it inside WSL2: https://learn.microsoft.com/windows/wsl/install'
      : undefined;

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
