import { resolve } from 'node:path';
import { BellowsError, type DecisionRecord } from '@bellows/core';
import { whyNot } from '@bellows/hpa';
import { runningSupervisorPid } from '@bellows/supervisor';
import { changeSpec } from './change-spec.ts';
import { autoscalerName, decisionAt, decisionsOf } from './choose-decision.ts';
import { chooseSource } from './choose-source.ts';
import { clusterLines } from './cluster/cluster-lines.ts';
import type { ClusterQuestion } from './cluster/cluster-question.ts';
import { explainCluster } from './cluster/explain-cluster.ts';
import { differenceText } from './difference-text.ts';
import { arithmeticLines, explanationText, headline } from './explanation-text.ts';
import { explainRecord, syncPeriodOf } from './explain-record.ts';
import { readRun } from './read-run.ts';
import { joinLines, named } from './text-lines.ts';

/** What `bellows explain` was asked. */
export interface ExplainOptions {
  /** `hpa/NAME` or `NAME`; undefined where the run has only one HPA. */
  readonly autoscaler: string | undefined;
  /** The run's file; undefined for the newest below `.bellows`. */
  readonly run: string | undefined;
  /** Which decision; undefined for the newest. */
  readonly at: string | undefined;
  /** The count that is missed. */
  readonly whyNot: number | undefined;
  /** `NAME=VALUE` of the spec, to decide again with. */
  readonly settings: readonly string[];
  /** Two times whose decisions are compared. */
  readonly diff: readonly string[] | undefined;
  readonly json: boolean;
  /** Which cluster to look at instead of a run. */
  readonly cluster: ClusterQuestion;
}

/** What is printed: as text, or as JSON of `data`. */
interface Answer {
  readonly text: string;
  readonly data: object;
}

/**
 * Answers from a run's record, or from a live cluster: see `chooseSource`.
 *
 * @param stateDirectory - Where runs are recorded.
 * @returns What is to be printed, without an end of line.
 * @throws BellowsError `ERR_CLI_RUN`, `ERR_CLI_USAGE`, `ERR_HPA_SPEC`, `ERR_KUBERNETES_…`, as rejection.
 */
export async function explain(
  options: ExplainOptions,
  stateDirectory: string = resolve('.bellows'),
): Promise<string> {
  requireOneQuestion(options);
  const source = await chooseSource(options, stateDirectory);
  const { text, data } =
    source === 'cluster'
      ? await answerFromCluster(options)
      : await answerFromRun(options, stateDirectory);
  return options.json ? JSON.stringify(data) : text;
}

async function answerFromRun(options: ExplainOptions, stateDirectory: string): Promise<Answer> {
  const run = await readRun(options.run, stateDirectory);
  const { text, data } = answer(options, decisionsOf(run, options.autoscaler));
  // A file that is named may be of any run.
  const pid = options.run === undefined ? runningSupervisorPid(stateDirectory) : undefined;
  if (pid === undefined) return { text, data };
  const line = named('run', `still going (process ${pid}); each sync adds a decision`);
  return { text: `${text}\n\n${line}`, data: { ...data, run: { file: run.file, pid } } };
}

async function answerFromCluster(options: ExplainOptions): Promise<Answer> {
  const { record, ...cluster } = await explainCluster(
    options.cluster,
    autoscalerName(options.autoscaler),
  );
  const { text, data } = answer(options, [record]);
  return {
    text: `${text}\n\n${joinLines(clusterLines(cluster))}`,
    data: { ...data, cluster },
  };
}

function requireOneQuestion({ whyNot: missed, settings, diff, at }: ExplainOptions): void {
  const questions = [missed !== undefined, settings.length > 0, diff !== undefined];
  const isAmbiguous =
    questions.filter(Boolean).length > 1 || (diff !== undefined && at !== undefined);
  if (!isAmbiguous && (diff === undefined || diff.length === 2)) return;
  const message =
    diff !== undefined && diff.length !== 2
      ? `Expected two times after --diff, got ${diff.length}`
      : 'Expected one of --why-not, --set and --diff (and --at not with --diff), got several';
  throw new BellowsError('ERR_CLI_USAGE', message, { remedy: 'See bellows help explain' });
}

function answer(options: ExplainOptions, decisions: readonly DecisionRecord[]): Answer {
  if (options.diff !== undefined) return compare(decisions, options.diff);
  const recorded = decisionAt(decisions, options.at);
  const syncPeriodSeconds = syncPeriodOf(decisions, recorded);
  const period = syncPeriodSeconds === undefined ? {} : { syncPeriodSeconds };
  if (options.settings.length > 0) {
    const change = {
      changeSpec: (spec: Parameters<typeof changeSpec>[0]) => changeSpec(spec, options.settings),
    };
    return compareSpecs(
      explainRecord(recorded, period),
      explainRecord(recorded, { ...period, ...change }),
    );
  }
  // A run of an earlier version says what it can.
  const explained = recorded.basis === undefined ? recorded : explainRecord(recorded, period);
  if (options.whyNot !== undefined) return answerWhyNot(explained, options.whyNot);
  const { basis } = recorded;
  const record = { ...explained, ...(basis !== undefined && { basis }) };
  return { text: explanationText(record) + disagreement(recorded, explained), data: record };
}

function answerWhyNot(record: DecisionRecord, replicas: number): Answer {
  const why = whyNot(record, replicas);
  const text = joinLines([
    why.code === undefined ? why.text : `${why.text} (${why.code})`,
    '',
    headline(record),
    '',
    ...arithmeticLines(record),
  ]);
  return { text, data: { whyNot: { replicas, ...why }, record } };
}

function compare(decisions: readonly DecisionRecord[], times: readonly string[]): Answer {
  const before = decisionAt(decisions, times[0]);
  const after = decisionAt(decisions, times[1]);
  return { text: differenceText(before, after), data: { before, after } };
}

function compareSpecs(before: DecisionRecord, after: DecisionRecord): Answer {
  return { text: differenceText(before, after), data: { before, after } };
}

/** The same input gives the same count, unless another version decided. */
function disagreement(recorded: DecisionRecord, explained: DecisionRecord): string {
  return recorded.replicas.desired === explained.replicas.desired
    ? ''
    : `\n\nThe run itself decided on ${recorded.replicas.desired}: it was made by another version of Bellows, or the scale could not be written.`;
}
