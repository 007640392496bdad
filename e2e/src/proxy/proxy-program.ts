// The process of the Services' data path, started inside a control plane's network namespace: `node proxy-program.js KUBECONFIG`.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createKubernetesClient } from '@bellows/kubernetes';
import { endWithStandardInput } from '../end-with-standard-input.ts';
import { createServiceProxy } from './service-proxy.ts';

const run = promisify(execFile);
const address = async (change: 'replace' | 'delete', ip: string): Promise<void> => {
  await run('ip', ['address', change, `${ip}/32`, 'dev', 'lo']);
};

const client = await createKubernetesClient({
  kubeconfig: process.argv[2] ?? '',
  userAgent: 'kube-proxy/v1.37.2',
});
const proxy = createServiceProxy({
  client,
  addAddress: (ip) => address('replace', ip),
  removeAddress: (ip) => address('delete', ip),
  failed: (error) => {
    process.stderr.write(`${String(error)}\n`);
  },
});
endWithStandardInput(async () => {
  await proxy.stop();
  client.close();
});
await proxy.start();
process.stderr.write('proxy is ready\n');
