// The process of a node, started inside a control plane's network namespace: `node node-program.js OPTIONS.json`. It ends, with
// all its pods, on SIGTERM and when its standard input does; when it is killed, the kubelet's guardian ends the pods.
import { readFileSync } from 'node:fs';
import { endWithStandardInput } from '../end-with-standard-input.ts';
import { createNodeAgent } from './node-agent.ts';
import type { NodeOptions } from './node-options.ts';

const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as NodeOptions;
const agent = await createNodeAgent(options);
endWithStandardInput(() => agent.stop());
await agent.start();
process.stderr.write('node is ready\n');
