import {
  createHpaState,
  decide,
  failScaleWrite,
  observeScale,
  observeStatus,
  PROFILE_1_37,
  type ApiHpa,
  type ApiScale,
  type Decision,
  type HpaState,
  type Profile,
} from '@bellows/hpa';
import { compareDecision, writtenReplicas } from './compare-decision.ts';
import type { ControllerRecording, Reconcile } from './controller-recording.ts';
import { observeReconcile, refusalOf } from './observe-reconcile.ts';

/** How often `decide` and the controller came to the same. */
export interface Agreement {
  /** Decisions of the controller. */
  readonly decisions: number;
  /** Those that are the same in every field. */
  readonly agreed: number;
  /** Counts of replicas that the controller wrote, in order. */
  readonly written: readonly number[];
  /** How many of its writes took replicas away. */
  readonly scaleIns: number;
  /** Those that are the same if the controller had read a change, or the clock, a moment sooner or later: each with that moment. */
  readonly explained: readonly string[];
  /** All others, with what differs. */
  readonly unexplained: readonly string[];
}

/**
 * A change that was passed on so shortly before may not have been in the controller's cache yet: an informer's handlers and its store are
 * behind the network by as long as a busy machine lets them be.
 */
const CACHE_DELAY_MS = 2_000;

/** When the controller read what it was given, in milliseconds since the epoch. */
interface Moments {
  readonly podsAtMs: number;
  readonly hpaAtMs: number;
  readonly nowMs: number;
}

/**
 * Decides again what the controller decided, from what it was given: autoscalers and pods by its informers, scales and metrics by its
 * requests, its memory by our own decisions before.
 */
export function agreementOf(recording: ControllerRecording, flags: Partial<Profile>): Agreement {
  const replay = new Replay(recording, { ...PROFILE_1_37, ...flags });
  const results = recording.reconciles().map((reconcile) => replay.next(reconcile));
  const of = (kind: Result['kind']): string[] =>
    results.flatMap((result) => (result.kind === kind ? [result.text] : []));
  return {
    decisions: results.length,
    agreed: of('agreed').length,
    ...rescales(recording.reconciles()),
    explained: of('explained'),
    unexplained: of('unexplained'),
  };
}

function rescales(reconciles: readonly Reconcile[]): Pick<Agreement, 'written' | 'scaleIns'> {
  const writes = reconciles.flatMap((reconcile) => {
    const to = writtenReplicas(reconcile);
    return to === null ? [] : [{ from: replicasBefore(reconcile), to }];
  });
  return {
    written: writes.map(({ to }) => to),
    scaleIns: writes.filter(({ from, to }) => to < from).length,
  };
}

/** One line for the count, and one for each that is not the same. */
export function agreementText({
  decisions,
  agreed,
  written,
  explained,
  unexplained,
}: Agreement): string {
  return [
    `agreement with the HPA controller: ${agreed} agreed / ${decisions} decisions, ${written.length} of them rescales`,
    ...explained.map((text) => `  explained: ${text}`),
    ...unexplained.map((text) => `  UNEXPLAINED: ${text}`),
  ].join('\n');
}

interface Result {
  readonly kind: 'agreed' | 'explained' | 'unexplained';
  readonly text: string;
}

class Replay {
  readonly #recording: ControllerRecording;
  readonly #profile: Profile;
  /**
   * By the autoscaler's UID: what the controller may remember, the likeliest first. Where pods changed during a pass, what it recommended is
   * not always told by what it did.
   */
  readonly #memories = new Map<string, readonly Memory[]>();
  #ends: readonly number[];

  constructor(recording: ControllerRecording, profile: Profile) {
    this.#recording = recording;
    this.#profile = profile;
    this.#ends = recording.endsAtMs;
  }

  next(reconcile: Reconcile): Result {
    const { namespace, name, startedAtMs } = reconcile;
    if (this.#ends[0] !== undefined && this.#ends[0] <= startedAtMs) {
      this.#ends = this.#ends.filter((atMs) => atMs > startedAtMs);
      this.#memories.clear();
    }
    const at = `${namespace}/${name} at ${new Date(startedAtMs).toISOString()}`;
    const { metadata } =
      this.#recording.hpas.at(namespace, startedAtMs).find((hpa) => hpa.metadata.name === name) ??
      {};
    const uid = metadata?.uid ?? '';
    const memories = this.#memories.get(uid) ?? [createHpaState().memory];
    const tries = [...this.#moments(reconcile)].flatMap((moments) =>
      memories.flatMap((memory) => this.#try(reconcile, moments, memory) ?? []),
    );
    const [first] = tries;
    const same = tries.filter(({ differences }) => differences.length === 0);
    const [found] = same;
    const [inWords] = this.#havePodsChanged(reconcile)
      ? tries.filter(({ differences }) => differences.every(isOfOneMetric))
      : [];
    const kept = same.length > 0 ? same : [inWords ?? first].filter((one) => one !== undefined);
    this.#memories.set(uid, different(kept.map(({ after }) => after)));
    if (found !== undefined) {
      if (found === first) return { kind: 'agreed', text: at };
      return { kind: 'explained', text: `${at}: ${this.#why(reconcile, found)}` };
    }
    if (inWords !== undefined) {
      const text = `${at}: pods changed between its metrics; the counts are the same (${inWords.differences.join('; ')})`;
      return { kind: 'explained', text };
    }
    return {
      kind: 'unexplained',
      text: `${at}: ${(first?.differences ?? ['no autoscaler']).join('; ')}`,
    };
  }

  #havePodsChanged({ namespace, startedAtMs, endedAtMs }: Reconcile): boolean {
    const since = startedAtMs - CACHE_DELAY_MS;
    return this.#recording.pods.changesBetween(namespace, since, endedAtMs).length > 0;
  }

  /** The likeliest first. */
  *#moments(reconcile: Reconcile): Generator<Moments> {
    const likeliest = usual(reconcile);
    yield likeliest;
    const { namespace, startedAtMs, endedAtMs } = reconcile;
    const { hpas, pods } = this.#recording;
    const since = startedAtMs - CACHE_DELAY_MS;
    const before = (times: readonly number[]): number[] => times.flatMap((ms) => [ms, ms - 1]);
    const hpaTimes = before(hpas.changesBetween(namespace, since, startedAtMs));
    const podTimes = before(pods.changesBetween(namespace, since, endedAtMs));
    for (const hpaAtMs of [likeliest.hpaAtMs, ...hpaTimes]) {
      for (const podsAtMs of [likeliest.podsAtMs, ...podTimes]) {
        for (const nowMs of [likeliest.nowMs, startedAtMs, endedAtMs]) {
          yield { hpaAtMs, podsAtMs, nowMs };
        }
      }
    }
  }

  #try(reconcile: Reconcile, moments: Moments, memory: Memory): Tried | undefined {
    const { podsAtMs, hpaAtMs, nowMs } = moments;
    const { namespace, name } = reconcile;
    const { hpas, pods } = this.#recording;
    const hpa = hpas.at(namespace, hpaAtMs).find(({ metadata }) => metadata.name === name);
    if (hpa === undefined) return undefined;
    const { generation } = hpa.metadata;
    const decision = this.#decide(reconcile, {
      ...{ hpa, nowMs, memory },
      observation: {
        ...observeReconcile(reconcile, hpa, pods.at(namespace, podsAtMs)),
        otherAutoscalers: this.#recording.selectorsOfOthers(namespace, name),
      },
      ...(generation !== undefined && { generation }),
    });
    return {
      differences: compareDecision(reconcile, hpa, decision),
      ...{ moments, after: decision.state.memory },
    };
  }

  #decide(reconcile: Reconcile, given: Given): Decision {
    const { hpa, memory, observation, nowMs, generation } = given;
    const { namespace, name, scaleWrite } = reconcile;
    const { spec } = hpa;
    const autoscaler = {
      ...{ namespace, name, spec, profile: this.#profile },
      ...(generation !== undefined && { generation }),
    };
    const state = { status: observeStatus(hpa.status), memory };
    const decision = decide(autoscaler, observation, state, nowMs);
    const hasFailed = scaleWrite !== undefined && scaleWrite.status >= 300;
    if (!hasFailed || decision.scaleWrite === null) return decision;
    return failScaleWrite(decision, refusalOf(scaleWrite).message);
  }

  #why(reconcile: Reconcile, { moments: { podsAtMs, hpaAtMs, nowMs } }: Tried): string {
    const likeliest = usual(reconcile);
    const by = (what: string, ms: number, usualMs: number): string[] =>
      ms === usualMs ? [] : [`${what} ${ms > usualMs ? '+' : ''}${ms - usualMs} ms`];
    return [
      'the same with',
      [
        'what it may remember',
        ...by('the autoscaler as of', hpaAtMs, likeliest.hpaAtMs),
        ...by('the pods as of', podsAtMs, likeliest.podsAtMs),
        ...by('the clock at', nowMs, likeliest.nowMs),
      ].join(' and '),
    ].join(' ');
  }
}

/** The controller reads the pods anew for each metric; `decide` is given them once. */
function isOfOneMetric(difference: string): boolean {
  return /^(?:condition ScalingActive|currentMetrics):/.test(difference);
}

/** A decision from what the controller had at some moments. */
interface Tried {
  readonly moments: Moments;
  readonly differences: string[];
  /** What is remembered after it. */
  readonly after: Memory;
}

type Memory = HpaState['memory'];

/** Enough for what a burst of changes leaves open. */
const MAX_MEMORIES = 16;

function different(memories: readonly Memory[]): readonly Memory[] {
  const byText = new Map(memories.map((memory) => [JSON.stringify(memory), memory]));
  return [...byText.values()].slice(0, MAX_MEMORIES);
}

interface Given {
  readonly hpa: ApiHpa;
  readonly memory: Memory;
  readonly observation: Parameters<typeof decide>[1];
  readonly nowMs: number;
  readonly generation?: number;
}

/** The autoscaler is read before the scale is asked for, the pods and the clock after the metrics were answered. */
function usual({ startedAtMs, scale, metrics }: Reconcile): Moments {
  const atMs = (metrics.at(-1) ?? scale)?.answeredAtMs ?? startedAtMs;
  return { hpaAtMs: startedAtMs, podsAtMs: atMs, nowMs: atMs };
}

function replicasBefore({ scale }: Reconcile): number {
  return observeScale(JSON.parse(scale?.body ?? '{}') as ApiScale).specReplicas;
}
