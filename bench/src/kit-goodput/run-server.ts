// A contender as a process of its own: its name and the steps of its handler are arguments.
import type { AddressInfo } from 'node:net';
import { CONTENDERS } from './contenders.ts';

const [name = '', steps = '0'] = process.argv.slice(2);
const server = await CONTENDERS[name]?.(Number(steps));
if (server === undefined) throw new Error(`Expected a contender, got ${name}`);
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());
