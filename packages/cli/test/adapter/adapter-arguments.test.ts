import { expect, test } from 'vitest';
import { adapterArguments } from '../../src/adapter/adapter-arguments.ts';

test.each([
  ['--prometheus-auth-incluster=true', ['--prometheus-auth-incluster']],
  ['--prometheus-auth-incluster=false', []],
  ['--prometheus_url=http://p', ['--prometheus-url=http://p']],
  ['--prometheus-header=a_b=c_d', ['--prometheus-header=a_b=c_d']],
  ['-v=6', ['--v=6']],
  ['-v6', ['--v=6']],
  ['/adapter', ['/adapter']],
  ['-', ['-']],
])('%s is read as %j', (arg, args) => {
  expect(adapterArguments([arg])).toEqual(args);
});
