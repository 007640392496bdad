import type { DecisionRecord } from '@bellows/core';
import {
  createSupervisor,
  type Supervisor,
  type SupervisorListener,
  type SupervisorOptions,
} from '@bellows/supervisor';
import { createRunAccount, type RunAccount } from '../account/run-account.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import type { Output } from '../output/output.ts';
import { openRunRecord, type RunRecord } from '../record/run-record.ts';
import { withoutBasis } from '../record/without-basis.ts';
import { buildReport } from '../report/build-report.ts';
import type { ReportFile } from '../report/report-file.ts';
import type { StopRequests } from '../terminal/stop-requests.ts';
import type { RunView, SeenEvent } from '../view/run-view.ts';
import { createEventFilter } from './event-filter.ts';
import { neverReady, watchForEnding, type EndingWatch, type RunEnding } from './run-ending.ts';
import { createRunLoad, type RunLoad } from './run-load.ts';
import type { PlannedLoad, RunPlan } from './run-plan.ts';

/** Where a run shows itself, and what may stop it. */
export interface RunSurroundings {
  readonly output: Output;
  readonly stopRequests: StopRequests;
  readonly reportFile: ReportFile | undefined;
}

/**
 * Runs a plan from start to end: pods, load, views, record, report. Whatever ends it, pods are stopped in
 * order; a second request to stop ends them at once.
 *
 * @returns The exit code.
 * @throws The error that ended the run, after everything has been stopped.
 */
export async function runPlan(plan: RunPlan, surroundings: RunSurroundings): Promise<ExitCode> {
  const run = new Run(plan, surroundings);
  return run.untilStopped();
}

/** Time that pods have to end after a failure, in milliseconds; then the guardian ends them. */
const GIVE_UP_MS = 10_000;

class Run {
  readonly #plan: RunPlan;
  readonly #output: Output;
  readonly #surroundings: RunSurroundings;
  readonly #account: RunAccount;
  readonly #supervisor: Supervisor;
  readonly #endings: EndingWatch = watchForEnding();
  readonly #startedAtMs = Date.now();
  /** Made before the record was open. */
  readonly #earlyDecisions: DecisionRecord[] = [];
  #record: RunRecord | undefined;
  #load: RunLoad | undefined;
  #phase: RunView['phase'] = 'starting';
  #endedAtMs = this.#startedAtMs;

  constructor(plan: RunPlan, surroundings: RunSurroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#output = surroundings.output;
    this.#account = createRunAccount(plan.countedDeployments, plan.demandSource);
    this.#supervisor = createSupervisor(supervisorOptions(plan), this.#listener());
  }

  async untilStopped(): Promise<ExitCode> {
    void this.#surroundings.stopRequests.first.then(({ reason, exitCode }) => {
      this.#endings.end({ reason, exitCode });
    });
    let seconds: NodeJS.Timeout | undefined;
    try {
      await this.#start();
      seconds = setInterval(() => {
        this.#second();
      }, 1000);
      const ending = await this.#endings.ending;
      await Promise.race([this.#stop(), this.#endings.failure]);
      return await this.#finish(ending);
    } finally {
      clearInterval(seconds);
      this.#endings.stop();
      this.#output.end();
      await this.#stopAtOnce();
      await this.#record?.close();
    }
  }

  /** In this order: only a run whose supervisor holds the lock of the folder may touch the records there. */
  async #start(): Promise<void> {
    this.#output.begin(() => this.#view());
    await this.#supervisor.start();
    await this.#openRecord();
    this.#phase = 'running';
    const { load, durationSeconds } = this.#plan;
    if (durationSeconds !== undefined) {
      this.#endings.endAfter(durationSeconds, () => ({ reason: 'duration', exitCode: undefined }));
    }
    if (load !== undefined) this.#prepareLoad(load);
    this.#look();
  }

  async #openRecord(): Promise<void> {
    this.#record = await openRunRecord(this.#plan.stateDirectory, this.#startedAtMs, (text) => {
      this.#output.notice({ level: 'warning', text });
    });
    for (const decision of this.#earlyDecisions.splice(0)) this.#record.add(decision);
  }

  #prepareLoad(plan: PlannedLoad): void {
    const load = createRunLoad(plan, this.#supervisor.snapshot().services, this.#plan.seed);
    this.#load = load;
    void load.done.then(() => {
      this.#endings.end({ reason: 'load', exitCode: undefined });
    });
    const { readyTimeoutSeconds } = this.#plan;
    this.#endings.endAfter(readyTimeoutSeconds, () =>
      load.offered() === undefined
        ? neverReady(readyTimeoutSeconds, this.#supervisor.snapshot(), plan.deployments)
        : undefined,
    );
  }

  /** Once a second, and whenever a pod has changed. */
  #look(): void {
    if (this.#phase !== 'running') return;
    const snapshot = this.#supervisor.snapshot();
    this.#account.noteReplicas(snapshot);
    this.#load?.startWhenReady(snapshot);
  }

  #second(): void {
    this.#look();
    this.#account.noteDemand(this.#supervisor.snapshot(), this.#load?.offeredPerSecond());
    this.#output.tick();
  }

  /** Load first, so that nobody is served by a pod that is about to end; then everything else. */
  async #stop(): Promise<void> {
    this.#look();
    this.#phase = 'stopping';
    this.#endedAtMs = Date.now();
    const { second } = this.#surroundings.stopRequests;
    const hurry = second.then(() => this.#supervisor.stop(0));
    this.#load?.stop();
    const answered = this.#load?.offered() === undefined ? undefined : this.#load.done;
    await Promise.race([answered, hurry]);
    await this.#supervisor.stop();
    // Whoever waited for an answer has lost its connection by now, and the account of it is due.
    await answered;
  }

  /** Nothing is left to do after a run that ended well. After a failure it may be all, or in vain. */
  async #stopAtOnce(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const gaveUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GIVE_UP_MS);
    });
    await Promise.race([this.#supervisor.stop(0), gaveUp]);
    clearTimeout(timer);
  }

  async #finish(ending: RunEnding): Promise<ExitCode> {
    this.#output.end();
    if (ending.error !== undefined) throw ending.error as Error;
    const report = buildReport({
      account: this.#account,
      scaleEvents: this.#supervisor.scaleEvents(),
      load: this.#load?.offered() && this.#load.view().account,
      offered: this.#load?.offered(),
      followsProfile: this.#plan.load?.followsProfile ?? false,
      rateTarget: this.#plan.demandSource?.rateTarget,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedAtMs,
      endedBy: ending.reason,
    });
    this.#output.summary(report);
    await this.#surroundings.reportFile?.write(report);
    return ending.exitCode ?? (report.verdict.kept ? EXIT_CODE.ok : EXIT_CODE.promiseBroken);
  }

  #view(): RunView {
    const { demand, decisions, events, logs } = this.#account;
    return {
      title: this.#plan.title,
      nowMs: Date.now(),
      startedAtMs: this.#startedAtMs,
      phase: this.#phase,
      snapshot: this.#supervisor.snapshot(),
      load: this.#load?.view(),
      demand,
      demandUnit: this.#plan.demandSource?.rateTarget === undefined ? 'replicas' : 'requests/s',
      decisions,
      events,
      logs,
    };
  }

  /** A pod that drains fails its readiness probe on purpose: no warning. */
  #isOfDrainingPod({ about, event }: SeenEvent): boolean {
    if (event.reason !== 'Unhealthy') return false;
    const name = about.replace(/^pod\//, '');
    return this.#account.pods().some((pod) => pod.name === name && pod.deletedAtMs !== undefined);
  }

  #listener(): SupervisorListener {
    const isNew = createEventFilter();
    return {
      decision: (record) => {
        if (this.#record === undefined) this.#earlyDecisions.push(record);
        else this.#record.add(record);
        const told = withoutBasis(record);
        this.#account.noteDecision(told);
        this.#output.decision(told);
      },
      podChanged: (pod) => {
        this.#account.notePod(pod, Date.now());
        // The supervisor tells before it has passed the change on to Services and counts.
        setImmediate(() => {
          this.#look();
        });
      },
      event: (about, event) => {
        const seen = { atMs: Date.now(), about, event };
        if (!isNew(seen) || this.#isOfDrainingPod(seen)) return;
        this.#account.noteEvent(seen);
        this.#output.event(seen);
      },
      ...(this.#plan.showsLogs && {
        output: (line) => {
          this.#account.noteLog(line);
          this.#output.log(line);
        },
      }),
    };
  }
}

function supervisorOptions(plan: RunPlan): SupervisorOptions {
  const { objects, workingDirectory, stateDirectory } = plan;
  const { command, syncPeriodSeconds, endpointDelayMs, seed } = plan;
  return {
    objects,
    workingDirectory,
    stateDirectory,
    ...(command !== undefined && { command }),
    ...(syncPeriodSeconds !== undefined && { syncPeriodSeconds }),
    ...(endpointDelayMs !== undefined && { endpointDelayMs }),
    ...(seed !== undefined && { seed }),
  };
}
