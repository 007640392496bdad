// `npm start`: the example service under a recorded day's load, from a fresh clone.
import { prepare, root } from './prepare.mjs';

prepare('main job');
process.chdir(root);
process.argv.splice(
  2,
  0,
  ...['up', '-f', 'examples/shop/k8s', '--load', 'examples/shop/load/launch-day.csv'],
);
await import('../packages/cli/bin/bellows.js');
