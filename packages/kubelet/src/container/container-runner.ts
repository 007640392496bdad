import { BellowsError } from '@bellows/core';
import type { Container } from '@bellows/manifest';
import type { LogFile } from '../output/log-file.ts';
import { OutputTail } from '../output/output-tail.ts';
import type { ContainerStatus } from '../pod.ts';
import type { PodContext } from '../pod/pod-context.ts';
import { startContainerProcess, type ContainerProcess } from '../process/container-process.ts';
import type { ProbeReport } from '../probe/probe-report.ts';
import type { ProbeResult, ProbeType } from '../probe/probe-state.ts';
import type { ProcessUsage } from '../usage/usage-reader.ts';
import { launchOf, type ContainerLaunch } from './container-launch.ts';
import { createContainerProbes, type ContainerProbes } from './container-probes.ts';
import { endedMessage } from './ended-message.ts';
import { createProbeExplainer } from './explain-probe.ts';
import { failureMessage, startFailureMessage } from './failure-message.ts';
import { runPreStop } from './pre-stop.ts';
import { createProbeNews, type ProbeNews } from './probe-news.ts';
import { backOffAfterRestart, restartDelayMs, type RestartBackOff } from './restart-back-off.ts';
import { createTermination, type Termination, type TerminationOptions } from './termination.ts';

/** Exit code the runtimes give to a container whose command cannot be run. */
const START_ERROR_EXIT_CODE = 128;

/**
 * Runs one container of a pod, again and again as its restart policy says. Every change of its status is
 * told to the pod in the same tick.
 */
export class ContainerRunner {
  readonly #container: Container;
  readonly #context: PodContext;
  readonly #probes: ContainerProbes;
  readonly #news: ProbeNews;
  readonly #log: LogFile;
  #state: ContainerStatus['state'] = {
    kind: 'waiting',
    reason: 'ContainerCreating',
    message: '',
  };
  #restartCount = 0;
  #launch: ContainerLaunch | undefined;
  #process: ContainerProcess | undefined;
  /** From the main process's start until the last of all processes and all output has gone. */
  #occupied = false;
  #tail = new OutputTail();
  #backOff: RestartBackOff | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #termination: Termination | undefined;
  /** The last `preStop` hook; resolves when nothing of it is left. */
  #hook: Promise<void> = Promise.resolve();
  #stopping = false;
  /** What the probes had made of the status when it was last told. */
  #lastSeen = '';

  constructor(container: Container, context: PodContext) {
    this.#container = container;
    this.#context = context;
    this.#news = createProbeNews(context.event);
    this.#log = context.services.openLog(context.pod.metadata.name, container.name);
    const { address, portMap } = context.address;
    const explainer = createProbeExplainer(address, this.#viewPort);
    this.#resetExplainer = explainer.reset;
    this.#probes = createContainerProbes({
      target: { container, address, portMap, exec: () => this.#execTarget() },
      look: () => ({ startedAtMs: this.#startedAtMs(), deleting: this.#stopping }),
      explain: explainer.explain,
      report: this.#onProbe,
    });
  }
  readonly #resetExplainer: () => void;

  /** Starts the container for the first time or again. */
  start(): void {
    try {
      this.#launch = launchOf(this.#container, this.#context);
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#tail = new OutputTail();
    this.#news.reset();
    this.#lastSeen = '';
    this.#resetExplainer();
    const process = startContainerProcess({
      ...this.#launch,
      sweeper: this.#context.services.sweeper,
      line: this.#onLine,
      failed: this.#onStartFailed,
      exited: this.#onExit,
      settled: this.#onSettled,
    });
    if (process !== undefined) this.#onStarted(process);
  }

  /** Its status now. */
  status(): ContainerStatus {
    const running = this.#state.kind === 'running';
    return {
      name: this.#container.name,
      ready: running && this.#probes.ready(),
      started: running && this.#probes.started(),
      restartCount: this.#restartCount,
      state: this.#state,
    };
  }

  /** Why it is not ready, when that is known and nobody asked it to end. */
  problem(): string | undefined {
    if (this.#state.kind === 'running') return this.#news.problem();
    return this.#stopping || this.#state.message === '' ? undefined : this.#state.message;
  }

  /** Main process, while it runs. */
  pid(): number | undefined {
    return this.#process?.pid;
  }

  /** What it has used; undefined while it does not run. */
  usage(): ProcessUsage | undefined {
    const pid = this.pid();
    return pid === undefined ? undefined : this.#context.services.usage.read(pid);
  }

  /** Ends it for good: `graceMs` from now to SIGKILL. A second call can only shorten that. */
  stop(graceMs: number): void {
    const first = !this.#stopping;
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    if (this.#process === undefined) {
      if (!this.#occupied) this.#finish();
      return;
    }
    if (first) this.#tell('Normal', 'Killing', `Stopping container ${this.#container.name}`);
    this.#terminate(graceMs);
  }

  /** Whether it will never run again and none of its processes is left. */
  isOver(): boolean {
    return !this.#occupied && (this.#stopping || this.#isComplete());
  }

  /** For one that is over: resolves when nothing is left of its probes and its hook either. */
  async settled(): Promise<void> {
    await Promise.all([this.#probes.stop(), this.#hook]);
  }

  readonly #viewPort = (port: number) =>
    this.#context.services.viewPort(
      this.#context.pod.metadata.name,
      this.#context.address.address,
      port,
    );

  #startedAtMs(): number | undefined {
    return this.#state.kind === 'running' ? this.#state.startedAtMs : undefined;
  }

  #execTarget(): { environment: ReadonlyMap<string, string>; workingDirectory: string } {
    const { environment, workingDirectory } = this.#launch ?? {
      environment: new Map<string, string>(),
      workingDirectory: this.#context.pod.workingDirectory,
    };
    return { environment, workingDirectory };
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#context.event({ type, reason, message });
  }

  /** The manifest does not say how to start it: it waits, as nothing will change by itself. */
  #refuse(error: unknown): void {
    const message = BellowsError.is(error)
      ? [error.message, error.remedy].filter((part) => part !== undefined).join('. ')
      : String(error);
    this.#state = { kind: 'waiting', reason: 'CreateContainerConfigError', message };
    this.#tell('Warning', 'Failed', `Error: ${message}`);
    this.#context.changed();
  }

  #onStarted(process: ContainerProcess): void {
    const { guardian, usage } = this.#context.services;
    guardian.addGroup(this.#context.pod.metadata.uid, process.pid);
    usage.add(process.pid);
    this.#process = process;
    this.#occupied = true;
    this.#state = { kind: 'running', startedAtMs: Date.now(), pid: process.pid };
    this.#probes.resume();
    this.#tell('Normal', 'Started', `Started container ${this.#container.name}`);
    this.#context.changed();
  }

  readonly #onStartFailed = (error: NodeJS.ErrnoException): void => {
    if (this.#stopping || this.#launch === undefined) return;
    const message = startFailureMessage(error, this.#launch);
    this.#state = { kind: 'waiting', reason: 'RunContainerError', message };
    this.#tell('Warning', 'Failed', `Error: ${message}`);
    this.#context.changed();
    this.#restartLater(START_ERROR_EXIT_CODE, Date.now(), message);
  };

  readonly #onLine = (stream: 'stdout' | 'stderr', text: string): void => {
    this.#log.write(text);
    this.#tail.push(text);
    this.#context.output(this.#container, stream, text);
  };

  readonly #onExit = (exitCode: number): void => {
    const { usage } = this.#context.services;
    if (this.#process !== undefined) usage.remove(this.#process.pid);
    this.#termination?.finished();
    this.#termination = undefined;
    this.#state = {
      kind: 'terminated',
      reason: exitCode === 0 ? 'Completed' : 'Error',
      exitCode,
      message: this.#failureMessage(exitCode),
      finishedAtMs: Date.now(),
    };
    this.#context.changed();
  };

  #failureMessage(exitCode: number): string {
    const lastLines = this.#tail.text();
    return failureMessage(this.#container, { exitCode, lastLines }, this.#viewPort);
  }

  readonly #onSettled = (): void => {
    const { guardian } = this.#context.services;
    if (this.#process !== undefined) {
      guardian.removeGroup(this.#context.pod.metadata.uid, this.#process.pid);
    }
    this.#process = undefined;
    this.#occupied = false;
    if (this.#state.kind !== 'terminated') return;
    const { exitCode, finishedAtMs } = this.#state;
    // The last lines may have come after the end.
    const message = this.#failureMessage(exitCode);
    this.#state = { ...this.#state, message };
    if (!this.#stopping) this.#tellEnd(exitCode);
    if (this.#stopping || this.#isComplete()) this.#finish();
    else this.#restartLater(exitCode, finishedAtMs, message);
  };

  /** Named as the kubelet's own PLEG event, which it keeps to itself: nobody would look for its log then. */
  #tellEnd(exitCode: number): void {
    const end = { exitCode, lastLines: this.#tail.text(), logPath: this.#log.path };
    const type = exitCode === 0 ? 'Normal' : 'Warning';
    this.#tell(type, 'ContainerDied', endedMessage(this.#container.name, end));
  }

  #finish(): void {
    void this.#probes.stop();
    this.#context.changed();
  }

  /** Whether its end is final by the pod's restart policy. */
  #isComplete(): boolean {
    const { restartPolicy } = this.#context.pod.spec;
    if (this.#state.kind !== 'terminated' || restartPolicy === 'Always') return false;
    return restartPolicy === 'Never' || this.#state.exitCode === 0;
  }

  #restartLater(exitCode: number, finishedAtMs: number, cause: string): void {
    const { restartPolicy } = this.#context.pod.spec;
    if (restartPolicy === 'Never') {
      const message = cause;
      this.#state = { kind: 'terminated', reason: 'StartError', exitCode, message, finishedAtMs };
      this.#finish();
      return;
    }
    const delayMs = restartDelayMs(this.#backOff, finishedAtMs);
    const restart = (): void => {
      this.#backOff = backOffAfterRestart(this.#backOff, finishedAtMs, Date.now());
      this.#restartCount += 1;
      this.start();
    };
    if (delayMs === 0) {
      restart();
      return;
    }
    const pod = this.#context.pod.metadata.name;
    const { name } = this.#container;
    this.#state = {
      kind: 'waiting',
      reason: 'CrashLoopBackOff',
      message: `back-off ${delayMs / 1000}s restarting failed container=${name} pod=${pod}: ${cause}`,
    };
    this.#tell('Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${pod}`);
    this.#restartTimer = setTimeout(restart, Math.max(0, finishedAtMs + delayMs - Date.now()));
    this.#context.changed();
  }

  readonly #onProbe = (type: ProbeType, report: ProbeReport, result: ProbeResult): void => {
    if (this.#state.kind !== 'running') return;
    this.#news.take(type, report, result);
    if (result === 'failure' && report.outcome === 'failure' && type !== 'readiness') {
      this.#restartUnhealthy(type);
    }
    const seen = JSON.stringify([
      this.#probes.started(),
      this.#probes.ready(),
      this.#news.problem(),
    ]);
    if (seen === this.#lastSeen) return;
    this.#lastSeen = seen;
    this.#context.changed();
  };

  #restartUnhealthy(type: ProbeType): void {
    const { name } = this.#container;
    const probe = this.#container[type === 'startup' ? 'startupProbe' : 'livenessProbe'];
    const graceSeconds =
      probe?.terminationGracePeriodSeconds ?? this.#context.pod.spec.terminationGracePeriodSeconds;
    this.#tell('Normal', 'Killing', `Container ${name} failed ${type} probe, will be restarted`);
    this.#terminate(graceSeconds * 1000);
  }

  #terminate(graceMs: number): void {
    if (this.#process === undefined || this.#state.kind !== 'running') return;
    if (this.#termination !== undefined) {
      this.#termination.shorten(graceMs);
      return;
    }
    this.#termination = createTermination({
      process: this.#process,
      preStop: this.#preStop(),
      graceMs,
    });
  }

  #preStop(): TerminationOptions['preStop'] {
    const hook = this.#container.lifecycle.preStop;
    if (hook === undefined) return undefined;
    const { address, portMap } = this.#context.address;
    const target = { container: this.#container, address, portMap, exec: this.#execTarget() };
    return (limits) => {
      this.#hook = runPreStop(hook, target, limits).then((failure) => {
        if (failure === undefined) return;
        this.#tell('Warning', 'FailedPreStopHook', `PreStopHook failed: ${failure}`);
      });
      return this.#hook;
    };
  }
}
