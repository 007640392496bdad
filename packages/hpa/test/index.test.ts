import { expect, test } from 'vitest';
import * as hpa from '@bellows/hpa';

test('exports these names', () => {
  expect(Object.keys(hpa).sort()).toEqual([
    'PROFILE_1_37',
    'clientWords',
    'counterfactuals',
    'createHpaState',
    'decide',
    'defaultHpaSpec',
    'describeDecision',
    'explainDecision',
    'failScaleWrite',
    'forgetMemory',
    'nextChange',
    'observeMetric',
    'observePod',
    'observeScale',
    'observeStatus',
    'readBasis',
    'toDecisionRecord',
    'validateHpaSpec',
    'whyNot',
  ]);
});
