// A renderer as a process of its own: its name and the number of lines are arguments.
import { RENDERERS } from './renderers.ts';

const [name = '', lines = '0'] = process.argv.slice(2);
const port = await RENDERERS[name]?.(Number(lines));
if (port === undefined) throw new Error(`Expected a renderer, got ${name}`);
process.on('disconnect', () => process.exit());
process.send?.(port);
