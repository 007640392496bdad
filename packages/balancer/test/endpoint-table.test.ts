import { createRandom } from '@bellows/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EndpointTable } from '../src/endpoint-table.ts';
import { sliceOf } from './fixtures/tcp.ts';

const tableWith = (portName = '', endpointDelayMs = 500): EndpointTable =>
  new EndpointTable({ portName, endpointDelayMs, random: createRandom(1) });

/** Ports that many picks at this time go to. */
function portsAt(table: EndpointTable, nowMs: number): number[] {
  const ports = Array.from({ length: 200 }, () => table.pick(nowMs)?.port);
  return [...new Set(ports)].filter((port) => port !== undefined).sort((a, b) => a - b);
}

const TERMINATING = { ready: false, terminating: true };

describe('EndpointTable', () => {
  test('has no endpoint before it is told of any', () => {
    expect(tableWith().pick(0)).toBeUndefined();
  });

  test('picks each ready endpoint about equally often', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1), sliceOf(2), sliceOf(3), sliceOf(4)], 0);
    const counts = new Map<number, number>();
    for (let pick = 0; pick < 4000; pick += 1) {
      const port = table.pick(0)?.port ?? 0;
      counts.set(port, (counts.get(port) ?? 0) + 1);
    }
    // Standard deviation of each count: sqrt(4000 · ¼ · ¾) = 27.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 27);
    expect(counts.size).toBe(4);
  });

  test('takes a new ready endpoint in at once', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1)], 0);
    table.setSlices([sliceOf(1), sliceOf(2)], 10);
    expect(portsAt(table, 10)).toEqual([1, 2]);
  });

  test('drops an endpoint that is not ready or has vanished at once', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1), sliceOf(2), sliceOf(3)], 0);
    table.setSlices([sliceOf(1), sliceOf(2, { ready: false, serving: false })], 10);
    expect(portsAt(table, 10)).toEqual([1]);
  });

  test('keeps a terminating endpoint until the delay has passed since it was first seen terminating', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1), sliceOf(2)], 0);
    table.setSlices([sliceOf(1), sliceOf(2, TERMINATING)], 1000);
    table.setSlices([sliceOf(1), sliceOf(2, { ...TERMINATING, serving: false })], 1300);
    expect(portsAt(table, 1499)).toEqual([1, 2]);
    expect(portsAt(table, 1500)).toEqual([1]);
  });

  test('keeps a terminating endpoint for the delay even if it is gone before', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1), sliceOf(2)], 0);
    table.setSlices([sliceOf(1), sliceOf(2, TERMINATING)], 1000);
    table.setSlices([sliceOf(1)], 1100);
    table.setSlices([sliceOf(1)], 1200);
    expect(portsAt(table, 1499)).toEqual([1, 2]);
    expect(portsAt(table, 1500)).toEqual([1]);
  });

  test('drops a terminating endpoint at once when the delay is 0', () => {
    const table = tableWith('', 0);
    table.setSlices([sliceOf(1), sliceOf(2)], 0);
    table.setSlices([sliceOf(1), sliceOf(2, TERMINATING)], 0);
    expect(portsAt(table, 0)).toEqual([1]);
  });

  test('never takes in an endpoint that was terminating before it was ready', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1), sliceOf(2, TERMINATING)], 0);
    expect(portsAt(table, 0)).toEqual([1]);
  });

  test('falls back to serving and terminating endpoints when there is no other', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1), sliceOf(2)], 0);
    const terminating = [sliceOf(1, TERMINATING), sliceOf(2, { ...TERMINATING, serving: false })];
    table.setSlices(terminating, 0);
    expect(portsAt(table, 499)).toEqual([1, 2]);
    expect(portsAt(table, 500)).toEqual([1]);
    table.setSlices([...terminating, sliceOf(3)], 600);
    expect(portsAt(table, 600)).toEqual([3]);
  });

  test('gives the address of a pod that left to the ready pod that has it now', () => {
    const table = tableWith();
    table.setSlices([sliceOf(1, {}, { pod: 'old' })], 0);
    const both = [sliceOf(1, {}, { pod: 'new' }), sliceOf(1, TERMINATING, { pod: 'old' })];
    table.setSlices(both, 10);
    expect(table.pick(10)?.podName).toBe('new');
    table.setSlices(both.toReversed(), 20);
    expect(table.pick(20)?.podName).toBe('new');
  });

  test('uses only the port of its name', () => {
    const table = tableWith('http');
    table.setSlices([sliceOf(1), sliceOf(2, {}, { portName: 'http' })], 0);
    expect(portsAt(table, 0)).toEqual([2]);
  });

  test('ignores an endpoint without an address', () => {
    const table = tableWith();
    const [endpoint] = sliceOf(1).endpoints;
    table.setSlices(
      [{ ports: [{ name: '', port: 1 }], endpoints: [{ ...endpoint!, addresses: [] }] }],
      0,
    );
    expect(table.pick(0)).toBeUndefined();
  });

  test('picks a ready endpoint whenever there is one, in any history', () => {
    const conditions = fc.record({
      ready: fc.boolean(),
      serving: fc.boolean(),
      terminating: fc.boolean(),
    });
    const update = fc.record({
      afterMs: fc.nat(1000),
      pods: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), conditions), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(update, { maxLength: 20 }), (updates) => {
        const table = tableWith();
        let nowMs = 0;
        for (const { afterMs, pods } of updates) {
          nowMs += afterMs;
          table.setSlices(
            pods.map(([port, state]) => sliceOf(port, state)),
            nowMs,
          );
          const ready = new Set(pods.filter(([, state]) => state.ready).map(([port]) => port));
          for (const port of ready) expect(portsAt(table, nowMs)).toContain(port);
          // After the delay only ready ones are left, or the fallback.
          const later = portsAt(table, nowMs + 500);
          if (ready.size > 0) expect(new Set(later)).toEqual(ready);
        }
      }),
      { numRuns: 200 },
    );
  });
});
