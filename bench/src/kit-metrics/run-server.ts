// A contender as a process of its own: its name and the port for its metrics are arguments.
import type { AddressInfo } from 'node:net';
import { BASES, MEASURED } from './contenders.ts';

const [name = '', adminPort = '0'] = process.argv.slice(2);
const start = MEASURED[name]?.start ?? BASES[name];
const server = await start?.(Number(adminPort));
if (server === undefined) throw new Error(`Expected a contender, got ${name}`);
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());
