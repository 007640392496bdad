// A contender as a process of its own: its name and the protocol are arguments; it says where it serves.
import { CONTENDERS } from './contenders.ts';
import type { Protocol } from './scenario.ts';

const [name = '', protocol = 'http'] = process.argv.slice(2);
const address = await CONTENDERS[name]?.(protocol as Protocol);
if (address === undefined) throw new Error(`Expected a contender, got ${name}`);
process.send?.(address);
// The channel would keep a process alive that has nothing left to do.
process.channel?.unref();
