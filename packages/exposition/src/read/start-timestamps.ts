import type { MetricType, Sample } from '../metric-family.ts';
import type { ExpositionEvent } from './exposition-event.ts';

const CREATED = '_created';
const MS_PER_SECOND = 1000;
/** int64. */
const MAX_TIMESTAMP_MS = 2 ** 63;

/** Where upstream stands in its look ahead for `_created` samples. */
interface State {
  type: MetricType;
  /** Of the last metadata line, whatever it says. */
  familyName: string;
  /** The series for which a time was found last, until one is not found. */
  knownKey: string | undefined;
  knownMs: number;
}

/**
 * Gives samples of counters, histograms and summaries the time that a `_created` sample of their series says, and
 * leaves these out. One is looked for among the samples that follow, up to the next metadata: the first
 * `_created` sample there is the series' own, or there is none.
 *
 * @see prometheus/prometheus v0.316.0 model/textparse/openmetricsparse.go StartTimestamp
 */
export function* withStartTimestamps(
  events: Iterable<ExpositionEvent>,
): Generator<ExpositionEvent, void, undefined> {
  const state: State = { type: 'untyped', familyName: '', knownKey: undefined, knownMs: 0 };
  let run: Sample[] = [];
  for (const event of events) {
    if (event.kind === 'sample') {
      run.push(event.sample);
      continue;
    }
    yield* ofRun(run, state);
    run = [];
    if (event.kind === 'type') state.type = event.type;
    if (event.kind !== 'comment') state.familyName = event.name;
    yield event;
  }
  yield* ofRun(run, state);
}

function* ofRun(run: readonly Sample[], state: State): Generator<ExpositionEvent, void, undefined> {
  if (state.type !== 'counter' && state.type !== 'summary' && state.type !== 'histogram') {
    if (run.length > 0) state.knownKey = undefined;
    for (const sample of run) yield { kind: 'sample', sample };
    return;
  }
  const created = nextCreated(run);
  for (const [index, sample] of run.entries()) {
    if (sample.name.endsWith(CREATED)) continue;
    const startTimestampMs = startOf(sample, created[index], state);
    if (startTimestampMs === 0) yield { kind: 'sample', sample };
    else yield { kind: 'sample', sample: { ...sample, startTimestampMs } };
  }
}

/** For each sample the first `_created` one behind it. */
function nextCreated(run: readonly Sample[]): (Sample | undefined)[] {
  const next: (Sample | undefined)[] = [];
  let created: Sample | undefined;
  for (let index = run.length - 1; index >= 0; index -= 1) {
    next[index] = created;
    if (run[index]?.name.endsWith(CREATED) === true) created = run[index];
  }
  return next;
}

/** Zero where nothing says it. */
function startOf(sample: Sample, created: Sample | undefined, state: State): number {
  const key = keyOf(sample.name.slice(0, state.familyName.length), sample, state.type);
  if (key === state.knownKey && state.knownMs > 0) return state.knownMs;
  const isOwn =
    created !== undefined &&
    key === keyOf(created.name.slice(0, -CREATED.length), created, state.type);
  const startMs = isOwn ? Math.trunc(created.value * MS_PER_SECOND) : 0;
  state.knownKey = isOwn ? key : undefined;
  // Upstream makes a time of NaN and infinity that depends on the processor.
  state.knownMs = Math.abs(startMs) < MAX_TIMESTAMP_MS ? startMs : 0;
  return state.knownMs;
}

function keyOf(name: string, { labels }: Sample, type: MetricType): string {
  const bound = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
  return JSON.stringify([name, Object.entries(labels).filter(([label]) => label !== bound)]);
}
