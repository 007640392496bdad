import { describe, expect, test } from 'vitest';
import { answerHealth, answerOneCheck, type HealthCheck } from '../../src/health/health-answer.ts';

const passes: HealthCheck = { name: 'ping', check: () => undefined };
const fails: HealthCheck = { name: 'store', check: () => 'no connection' };
const answer = (checks: readonly HealthCheck[], query = '') =>
  answerHealth('readyz', checks, new URLSearchParams(query));

// The expected texts follow kubernetes/kubernetes 046d201c45cebd19eb1fc4612426761c64802825
// staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go.
describe('answerHealth', () => {
  test('says ok when all checks pass', () => {
    expect(answer([passes])).toEqual({ status: 200, body: 'ok' });
  });

  test('lists the checks with ?verbose', () => {
    expect(answer([passes], 'verbose')).toEqual({
      status: 200,
      body: '[+]ping ok\nreadyz check passed\n',
    });
  });

  test('always lists the checks on failure and withholds the reason', () => {
    expect(answer([passes, fails])).toEqual({
      status: 500,
      body: '[+]ping ok\n[-]store failed: reason withheld\nreadyz check failed\n',
    });
  });

  test('leaves excluded checks out', () => {
    expect(answer([passes, fails], 'exclude=store')).toEqual({ status: 200, body: 'ok' });
    expect(answer([passes, fails], 'verbose&exclude=store').body).toBe(
      '[+]ping ok\n[+]store excluded: ok\nreadyz check passed\n',
    );
  });

  test('warns of names to exclude that it does not know, sorted', () => {
    expect(answer([passes], 'verbose=1&exclude=b&exclude=a&exclude=b').body).toBe(
      '[+]ping ok\nwarn: some health checks cannot be excluded: no matches for "a","b"\nreadyz check passed\n',
    );
  });
});

describe('answerOneCheck', () => {
  test('says ok or why not', () => {
    expect(answerOneCheck(passes)).toEqual({ status: 200, body: 'ok' });
    expect(answerOneCheck(fails)).toEqual({
      status: 500,
      body: 'internal server error: no connection\n',
    });
  });
});
