import { expect, test } from 'vitest';
import * as kubelet from '../src/index.ts';

test('exports createKubelet and how to read a status, nothing else at run time', () => {
  expect(Object.keys(kubelet)).toEqual(['createKubelet', 'isPodReady', 'podCondition']);
});
