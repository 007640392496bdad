import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { monotonicSeconds } from '../../src/instruments/age-gauge.ts';
import { Gate, type Entrant, type GateLimits, type Refusal } from '../../src/limit/gate.ts';
import { START_BUDGET_MS } from '../../src/limit/loop-turn.ts';
import { rankOf, type Priority } from '../../src/limit/priority.ts';

interface Scene {
  readonly gate: Gate;
  /** What became of each, in order: a name that began, or a name with the reason of its refusal. */
  readonly events: string[];
  readonly enter: (name: string, options?: EnterOptions) => Entrant;
  readonly shown: () => { length: number; oldest: number | undefined; running: number };
}

interface EnterOptions {
  readonly priority?: Priority;
  readonly forSeconds?: number;
  readonly onStart?: () => void;
}

function open(limits: Partial<GateLimits> = {}): Scene {
  const events: string[] = [];
  const shown = { length: 0, oldest: undefined as number | undefined, running: 0 };
  const gate = new Gate(
    { concurrency: 1, maxLength: 2, maxWaitSeconds: Infinity, ...limits },
    {
      showWaiting: (length, oldest) => Object.assign(shown, { length, oldest }),
      showRunning: (running) => Object.assign(shown, { running }),
    },
  );
  return {
    gate,
    events,
    enter: (name, { priority = 'normal', forSeconds = Infinity, onStart } = {}) => {
      const entrant: Entrant = {
        rank: rankOf(priority),
        deadlineSeconds: forSeconds === Infinity ? Infinity : monotonicSeconds() + forSeconds,
        start: () => {
          events.push(name);
          onStart?.();
        },
        refuse: (reason: Refusal) => events.push(`${name} ${reason}`),
      };
      gate.enter(entrant);
      return entrant;
    },
    shown: () => shown,
  };
}

function compute(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

test('work that throws as it begins is no end of the gate', async () => {
  const { gate, enter, events } = open();
  enter('first');
  enter('throws', {
    onStart: () => {
      throw new Error('at once');
    },
  });
  enter('third');
  // In a turn in which nothing has begun there is time for all of them.
  await turn();
  await turn();
  expect(() => {
    gate.leave();
  }).toThrow('at once');
  gate.leave();
  await waitUntil('the third one', () => events.includes('third'));
});

describe('Gate', () => {
  test('begins as many as may run, lets others wait in order, and refuses the rest', async () => {
    const { gate, events, enter, shown } = open({ concurrency: 2 });
    const begun = (): string[] => events.filter((event) => !event.includes(' '));
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name);
    await waitUntil('two to run', () => gate.running === 2);
    expect(begun()).toEqual(['a', 'b']);
    expect(events).toContain('e full');
    expect(shown()).toMatchObject({ length: 2, running: 2 });
    expect(shown().oldest).toBeGreaterThan(0);
    gate.leave();
    await waitUntil('the next one', () => events.includes('c'));
    gate.leave();
    await waitUntil('the last one', () => events.includes('d'));
    gate.leave();
    gate.leave();
    await waitUntil('all to have run', () => gate.running <= 0);
    expect(begun()).toEqual(['a', 'b', 'c', 'd']);
    expect(shown()).toMatchObject({ length: 0, oldest: undefined, running: 0 });
  });

  test('lets the urgent go first, and take the place of the newest less urgent one', async () => {
    const { gate, events, enter } = open();
    enter('running');
    enter('low 1', { priority: 'low' });
    enter('low 2', { priority: 'low' });
    enter('normal');
    enter('high', { priority: 'high' });
    enter('low 3', { priority: 'low' });
    expect(events).toEqual(['running', 'low 2 full', 'low 1 full', 'low 3 full']);
    gate.leave();
    await waitUntil('high', () => events.includes('high'));
    gate.leave();
    await waitUntil('normal', () => events.includes('normal'));
    expect(events.slice(-2)).toEqual(['high', 'normal']);
  });

  test('begins one after the other when each computes, and reads what comes meanwhile', async () => {
    const { gate, events, enter } = open({ concurrency: 2, maxLength: 1 });
    const onStart = (): void => {
      compute(2 * START_BUDGET_MS);
      gate.leave();
    };
    // All within one turn: none of them is under way when the next one comes.
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name, { onStart });
    expect(events).toEqual(['a', 'e full']);
    await waitUntil('the rest', () => events.length === 5);
    expect(events).toEqual(['a', 'e full', 'b', 'c', 'd']);
  });

  test('gives up who has waited for too long, at its own deadline, or goes away', async () => {
    const { gate, events, enter } = open({ maxLength: 3, maxWaitSeconds: 0.1 });
    enter('running');
    enter('waits');
    enter('hurries', { forSeconds: 0.02 });
    const leaves = enter('leaves');
    expect(gate.withdraw(leaves, 'cancelled')).toBe(true);
    expect(gate.withdraw(leaves, 'cancelled')).toBe(false);
    await waitUntil('the others', () => events.length === 4);
    expect(events).toEqual(['running', 'leaves cancelled', 'hurries deadline', 'waits timed_out']);
    expect(gate.length).toBe(0);
  });

  test('does not begin what is overdue when its turn comes late', async () => {
    const { gate, events, enter } = open({ maxLength: 3, maxWaitSeconds: 0.05 });
    enter('running');
    enter('hurries', { forSeconds: 0.02 });
    enter('waits');
    compute(80);
    gate.leave();
    await waitUntil('both', () => events.length === 3);
    expect(events).toEqual(['running', 'hurries deadline', 'waits timed_out']);
  });

  test('follows a concurrency that changes', async () => {
    const { gate, events, enter } = open({ maxLength: 10 });
    for (const name of ['a', 'b', 'c', 'd']) enter(name);
    gate.concurrency = 3;
    await waitUntil('three', () => events.length === 3);
    gate.concurrency = 1;
    gate.leave();
    gate.leave();
    await turn();
    expect(events).toEqual(['a', 'b', 'c']);
    gate.leave();
    await waitUntil('the last', () => events.length === 4);
  });

  test('refuses when it is closed; what waits goes on, unless it is cleared', async () => {
    const { gate, events, enter } = open();
    enter('a');
    enter('b');
    enter('c');
    gate.close();
    enter('d');
    gate.leave();
    await waitUntil('b', () => events.includes('b'));
    gate.clear();
    expect(events).toEqual(['a', 'd draining', 'b', 'c draining']);
  });

  test('a line that moves 100,000 times costs the same at each move', async () => {
    const { gate, events, enter } = open({ maxLength: 100_000 });
    for (let index = 0; index < 100_000; index += 1)
      enter(String(index), { onStart: () => undefined });
    const settle = (): void => {
      for (let index = 0; index < 1000 && gate.running > 0; index += 1) gate.leave();
    };
    await waitUntil(
      'all',
      () => {
        settle();
        return events.length === 100_000;
      },
      { intervalMs: 0, timeoutMs: 30_000 },
    );
    expect(events.at(-1)).toBe('99999');
  });
});
