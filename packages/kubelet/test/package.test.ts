import { expect, test } from 'vitest';
import * as kubelet from '../src/index.ts';

test('exports createKubelet, how to read a status and output, nothing else at run time', () => {
  expect(Object.keys(kubelet).toSorted()).toEqual([
    'createKubelet',
    'isPodReady',
    'podCondition',
    'tellingLine',
  ]);
});
