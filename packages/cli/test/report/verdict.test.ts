import { describe, expect, test } from 'vitest';
import { judgeRun } from '../../src/report/verdict.ts';
import { loadAccount } from '../fixtures/run-view.ts';

const out = { decidedAtMs: 1, deployment: 'shop', from: 1, to: 4, reason: '' };
const back = { decidedAtMs: 2, deployment: 'shop', from: 4, to: 1, reason: '' };

describe('judgeRun', () => {
  test('keeps its promise when nothing was lost and a profile scaled it both ways', () => {
    expect(judgeRun(loadAccount(), [out, back], true)).toEqual({ kept: true, broken: [] });
  });

  test('asks a constant load for nothing but answers', () => {
    expect(judgeRun(loadAccount(), [], false).kept).toBe(true);
  });

  test('breaks its promise with one lost request', () => {
    const verdict = judgeRun(loadAccount({ lost: 1 }), [out, back], true);
    expect(verdict).toEqual({ kept: false, broken: ['1 of 12,345 requests were lost'] });
  });

  test('says which way a profile did not scale it', () => {
    expect(judgeRun(loadAccount(), [out], true).broken).toEqual(['it did not scale in']);
    expect(judgeRun(loadAccount(), [back], true).broken).toEqual(['it did not scale out']);
  });

  test('does not call a load good that nobody answered', () => {
    const account = loadAccount({ answered: 0, shed: 12_345 });
    expect(judgeRun(account, [], false).broken).toEqual(['no request was answered']);
  });

  test('has nothing to break without a load', () => {
    expect(judgeRun(undefined, [], true).kept).toBe(true);
  });
});
