import { describe, expect, test } from 'vitest';
import { Closers } from '../../src/drain/closers.ts';

const nothing = (): void => undefined;
const silent = { log: nothing };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Closers', () => {
  test('are functions', () => {
    expect(() => {
      new Closers(1, silent).add('pool', undefined as never);
    }).toThrow(expect.objectContaining({ code: 'ERR_KIT_OPTION', place: { field: 'closer' } }));
  });

  test.each<[field: string, name: string, options: object]>([
    ['name', '', {}],
    ['after', 'pool', { after: 'database' as never }],
    ['after', 'pool', { after: [1] as never }],
    ['timeoutSecond', 'pool', { timeoutSecond: 1 }],
  ])('with a bad `%s` are refused by its name', (field, name, options) => {
    expect(() => {
      new Closers(1, silent).add(name, nothing, options);
    }).toThrow(expect.objectContaining({ code: 'ERR_KIT_OPTION', place: { field } }));
  });

  test('run one after the other, the last registered first', async () => {
    const closers = new Closers(1, silent);
    const ran: string[] = [];
    closers.add('pool', () => void ran.push('pool'));
    closers.add('producer', async () => {
      await turn();
      ran.push('producer');
    });
    expect(await closers.run()).toEqual([]);
    expect(ran).toEqual(['producer', 'pool']);
  });

  test('that fail or take too long are named and counted, and the others still run', async () => {
    const ran: string[] = [];
    const said: string[] = [];
    const counted: string[] = [];
    const closers = new Closers(60, {
      log: (line) => said.push(line),
      onAdded: (name) => counted.push(`${name} added`),
      onRun: (name, outcome) => counted.push(`${name} ${outcome}`),
    });
    closers.add('first', () => void ran.push('first'));
    closers.add('throws', () => {
      throw new Error('no');
    });
    closers.add('rejects', () => Promise.reject(new Error('never')));
    closers.add('hangs', () => new Promise(nothing), { timeoutSeconds: 0.1 });
    expect(await closers.run()).toEqual(['hangs', 'rejects', 'throws']);
    expect(ran).toEqual(['first']);
    expect(said).toEqual([
      'closer hangs failed: it took longer than 0.1 s',
      'closer rejects failed: never',
      'closer throws failed: no',
    ]);
    expect(counted).toEqual([
      ...['first added', 'throws added', 'rejects added', 'hangs added'],
      ...['hangs timed_out', 'rejects failed', 'throws failed', 'first ended'],
    ]);
  });

  test('that come while the others run, or after, still run', async () => {
    const closers = new Closers(1, silent);
    const ran: string[] = [];
    closers.add('first', () => void ran.push('first'));
    closers.add('last', () => {
      closers.add('during', () => void ran.push('during'));
    });
    await closers.run();
    closers.add('after', () => void ran.push('after'));
    expect(ran).toEqual(['during', 'first', 'after']);
  });

  test('with an order of their own run as soon as it allows, together where it says nothing', async () => {
    const closers = new Closers(1, silent);
    const ran: string[] = [];
    const note = (name: string) => async (): Promise<void> => {
      ran.push(`${name} begins`);
      await turn();
      ran.push(`${name} ends`);
    };
    closers.add('telemetry', note('telemetry'), { after: ['database', 'cache'] });
    closers.add('database', note('database'), { after: [] });
    closers.add('cache', note('cache'), { after: [] });
    await closers.run();
    expect(ran.slice(0, 2).sort()).toEqual(['cache begins', 'database begins']);
    expect(ran.slice(4)).toEqual(['telemetry begins', 'telemetry ends']);
  });

  test('that would wait for themselves are refused, and the others stay as they are', async () => {
    const closers = new Closers(1, silent);
    const ran: string[] = [];
    closers.add('a', () => void ran.push('a'), { after: ['b'] });
    expect(() => {
      closers.add('b', nothing, { after: ['a'] });
    }).toThrow('to lead to no circle, got `a`');
    expect(() => {
      closers.add('self', nothing, { after: ['self'] });
    }).toThrow('circle');
    expect(() => {
      closers.add('late', nothing, { timeoutSeconds: 0 });
    }).toThrow('`timeoutSeconds` of closer late to be a number from 0.1 to 3600');
    await closers.run();
    expect(ran).toEqual(['a']);
  });

  test('that wait for a name nobody has say so and run', async () => {
    const said: string[] = [];
    const closers = new Closers(1, { log: (line) => said.push(line) });
    closers.add('a', nothing, { after: ['b', 'c'] });
    expect(await closers.run()).toEqual([]);
    expect(said).toEqual(['closer a waits for b, c: no such closer']);
  });

  test('know how long they can take: the longest chain', () => {
    const closers = new Closers(5, silent);
    expect(closers.budgetMs).toBe(0);
    closers.add('pool', nothing);
    closers.add('producer', nothing, { timeoutSeconds: 2 });
    closers.add('apart', nothing, { after: [], timeoutSeconds: 3 });
    expect(closers.budgetMs).toBe(7_000);
  });

  test('know it for hundreds of them, too', () => {
    const closers = new Closers(1, silent);
    for (let index = 0; index < 200; index += 1) closers.add(`closer ${index}`, nothing);
    expect(closers.budgetMs).toBe(200_000);
  });
});
