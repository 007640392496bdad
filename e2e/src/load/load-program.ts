// The process of a load, started inside a control plane's network namespace: `node load-program.js OPTIONS.json`. It first says when
// its arrivals began. Asked by a line
// on its standard input it says what has become of the requests until now; when that input ends, it ends the arrivals, waits for
// the answers and says it for the last time.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createLoad, type LoadOptions } from '@bellows/load';

const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LoadOptions;
const load = createLoad(options);
const say = (account: object): void => {
  process.stdout.write(`${JSON.stringify(account)}\n`);
};
createInterface({ input: process.stdin })
  .on('line', () => {
    say(load.account());
  })
  .once('close', () => {
    load.stop();
  });
load.start();
say({ startedAtMs: Date.now() });
say(await load.done);
process.stdin.destroy();
