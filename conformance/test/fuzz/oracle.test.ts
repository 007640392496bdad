import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOracle, type Oracle } from '../../src/fuzz/oracle.ts';

const PROGRAM = fileURLToPath(new URL('../fixtures/oracle.mjs', import.meta.url));

let oracle: Oracle;

beforeEach(() => {
  oracle = createOracle(PROGRAM);
});
afterEach(() => {
  oracle.stop();
});

describe('createOracle', () => {
  test('answers each question with a line, and takes other output for none', async () => {
    expect(await oracle.ask({ name: 'a' })).toEqual({ name: 'a' });
    expect(await oracle.ask({ name: 'b' })).toEqual({ name: 'b' });
  });

  test('fails with what the oracle says of a scenario that cannot be played', async () => {
    await expect(oracle.ask({ name: 'refused' })).rejects.toThrow(/no reconcile at 0 s/);
    expect(await oracle.ask({ name: 'b' })).toEqual({ name: 'b' });
  });

  test('fails with the last words of an oracle that ends, and starts it anew', async () => {
    await expect(oracle.ask({ name: 'fatal' })).rejects.toThrow(/panic: no such case/);
    expect(await oracle.ask({ name: 'b' })).toEqual({ name: 'b' });
  });

  test('fails where there is no such program', async () => {
    await expect(createOracle('/no/such/oracle').ask({ name: 'a' })).rejects.toMatchObject({
      code: 'ERR_CONFORMANCE_ORACLE',
    });
  });

  test('stops more than once', async () => {
    await oracle.ask({ name: 'a' });
    oracle.stop();
    oracle.stop();
  });
});
