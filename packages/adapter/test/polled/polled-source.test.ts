import { BellowsError, parseLabelSelector } from '@bellows/core';
import { FakeClock, waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import type { PolledMetricConfig, PollingConfig } from '../../src/config/source-config.ts';
import {
  createPolledSource,
  type PolledClient,
  type PolledSource,
} from '../../src/polled/polled-source.ts';
import type { PolledResult } from '../../src/polled/polled-value.ts';

const PATIENT = { timeoutMs: 20_000 };
const metric = (name: string, change: Partial<PolledMetricConfig> = {}): PolledMetricConfig => ({
  ...{ name, namespaces: [], labels: {} },
  ...change,
});
const of = (value: number): PolledResult => ({ kind: 'value', value });

/** A client that answers as the test says. */
class ScriptedClient implements PolledClient {
  asked = 0;
  underWay = 0;
  mostUnderWay = 0;
  closed = 0;
  answer: (signal: AbortSignal) => Promise<readonly PolledResult[]>;

  constructor(answer: ScriptedClient['answer']) {
    this.answer = answer;
  }

  async ask(signal: AbortSignal): Promise<readonly PolledResult[]> {
    this.asked += 1;
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      return await this.answer(signal);
    } finally {
      this.underWay -= 1;
    }
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }
}

function sourceOf(
  client: PolledClient,
  metrics: readonly PolledMetricConfig[],
  {
    polling = {},
    ...rest
  }: {
    polling?: PollingConfig;
    log?: (level: string, text: string) => void;
    now?: () => number;
  } = {},
): PolledSource {
  return createPolledSource({
    name: 'queue',
    metrics,
    polling: { intervalMs: 20, ...polling },
    client,
    ...rest,
  });
}

async function read(
  source: PolledSource,
  name: string,
  namespace = 'shop',
  selector = '',
): Promise<string[] | undefined> {
  const request = { metric: name, namespace, selector: parseLabelSelector(selector) };
  const readings = await source.external.read(request, new AbortController().signal);
  return readings?.map(({ value }) =>
    value.kind === 'value' ? value.value.toString() : value.reason,
  );
}

describe('a polled source', () => {
  test('answers from memory by name, namespace and labels', async () => {
    const client = new ScriptedClient(() => Promise.resolve([of(1), of(2), of(3)]));
    const source = sourceOf(client, [
      metric('depth', { labels: { queue: 'mail' } }),
      metric('depth', { labels: { queue: 'film' } }),
      metric('lag', { namespaces: ['shop'] }),
    ]);
    expect(source.isReady()).toBe(false);
    expect(await read(source, 'lag')).toEqual(['it has not been asked for yet']);
    source.start();
    source.start();
    try {
      await waitUntil('the first poll', () => source.isReady(), PATIENT);
      expect(await read(source, 'depth')).toEqual(['1', '2']);
      expect(await read(source, 'depth', 'shop', 'queue=film')).toEqual(['2']);
      expect(await read(source, 'depth', 'shop', 'queue=none')).toEqual([]);
      expect(await read(source, 'lag')).toEqual(['3']);
      expect(await read(source, 'lag', 'elsewhere')).toBeUndefined();
      expect(await read(source, 'other')).toBeUndefined();
      expect(source.external.list()).toEqual(['depth', 'lag']);
      await waitUntil('more polls', () => client.asked > 3, PATIENT);
      expect(client.mostUnderWay).toBe(1);
    } finally {
      await source.stop();
      await source.stop();
    }
    const { asked } = client;
    expect(client.closed).toBeGreaterThan(0);
    expect(client.asked).toBe(asked);
  });

  test('holds values while nothing can be asked, up to their age, and says so once', async () => {
    const clock = new FakeClock();
    const said: string[] = [];
    let isDown = false;
    const client = new ScriptedClient(() =>
      isDown
        ? Promise.reject(new BellowsError('ERR_ADAPTER_SOURCE', 'nobody is there'))
        : Promise.resolve([of(7)]),
    );
    const source = sourceOf(client, [metric('depth')], {
      polling: { staleAfterMs: 1_000 },
      now: clock.now,
      log: (level, text) => said.push(`${level} ${text}`),
    });
    source.start();
    try {
      await waitUntil(
        'a value',
        async () => (await read(source, 'depth'))?.join() === '7',
        PATIENT,
      );
      isDown = true;
      await waitUntil(
        'the failure',
        () => source.state()[0]?.problem === 'nobody is there',
        PATIENT,
      );
      expect(await read(source, 'depth')).toEqual(['7']);
      clock.advanceMs(1_001);
      expect(await read(source, 'depth')).toEqual(['nobody is there']);
      isDown = false;
      await waitUntil(
        'a value again',
        async () => (await read(source, 'depth'))?.join() === '7',
        PATIENT,
      );
      expect(said).toEqual([
        'warn queue: metrics[0] depth: nobody is there',
        'info queue: metrics[0] depth is well again',
      ]);
    } finally {
      await source.stop();
    }
  });

  test('one metric’s problem is its own, and what was not answered is missing', async () => {
    const client = new ScriptedClient(() =>
      Promise.resolve([of(1), { kind: 'problem', problem: 'no such queue' }]),
    );
    const source = sourceOf(client, [metric('a'), metric('b'), metric('c')]);
    source.start();
    try {
      await waitUntil('the first poll', () => source.isReady(), PATIENT);
      expect(await Promise.all(['a', 'b', 'c'].map((name) => read(source, name)))).toEqual([
        ['1'],
        ['no such queue'],
        ['it was not answered'],
      ]);
      expect(source.state().map(({ part, problem }) => [part, problem])).toEqual([
        ['metrics[0] a', undefined],
        ['metrics[1] b', 'no such queue'],
        ['metrics[2] c', 'it was not answered'],
      ]);
    } finally {
      await source.stop();
    }
  });

  test.each([
    ['that ends when it is told to', (signal: AbortSignal) => aborted(signal)],
    ['that does not', () => new Promise<never>(() => undefined)],
  ])('gives up a question that takes too long, by a client %s', async (_name, answer) => {
    const client = new ScriptedClient(answer);
    const source = sourceOf(client, [metric('depth')], { polling: { timeoutMs: 50 } });
    source.start();
    try {
      await waitUntil('the end', () => source.isReady(), PATIENT);
      expect(await read(source, 'depth')).toEqual(['no answer within 50 ms']);
      client.answer = () => Promise.resolve([of(4)]);
      await waitUntil(
        'an answer',
        async () => (await read(source, 'depth'))?.join() === '4',
        PATIENT,
      );
    } finally {
      await source.stop();
    }
  });

  test('an error of unknown kind tells nothing to who asks', async () => {
    const client = new ScriptedClient(() => Promise.reject(new Error('password=secret')));
    const source = sourceOf(client, [metric('depth')]);
    source.start();
    try {
      await waitUntil('the first poll', () => source.isReady(), PATIENT);
      expect(await read(source, 'depth')).toEqual(['it cannot be asked']);
    } finally {
      await source.stop();
    }
  });
});

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('aborted'));
    });
  });
}
