import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseExposition, type MetricFamily } from '@bellows/exposition';
import { conditionOf, type LoopState } from '../admin/loop-state.ts';
import { askMember } from './member-client.ts';
import type { MemberState } from './member-state.ts';
import { lastingFamilies, mergeFamilies } from './merge-families.ts';

const POLL_INTERVAL_MS = 500;
/** What one unanswered question counts for at most: time in which this thread itself stood still is nobody's silence. */
const MAX_SILENCE_STEP_MS = 2_000;

/** What a child told last. */
interface Member {
  /** Before its first answer: of a process that has just begun. */
  state: MemberState;
  page: readonly MetricFamily[];
  /** Time for which it has answered nothing, though its process is there. */
  silentMs: number;
  /** When it was last asked; `performance.now()`. */
  lookedMs: number;
}

const UNHEARD: MemberState = { phase: 'starting', heartbeatAgeMs: 0, debuggerAttached: false };

/** Options of {@link Members}. */
export interface MembersOptions {
  /** Where the children's sockets are; it need not be there yet. */
  readonly folder: string;
  /** A child whose loop has not turned for longer is stuck. */
  readonly stallMs: number;
  /** Told once of a child that is stuck. */
  readonly onStuck: (pid: number) => void;
}

/**
 * The children of a cluster as their admin threads tell of them: asked by this thread, over sockets, so that neither
 * the primary's loop nor a child's is waited for.
 */
export class Members {
  readonly #options: MembersOptions;
  readonly #members = new Map<number, Member>();
  readonly #reported = new Set<number>();
  /** What children that are gone have counted: sums must not fall. */
  #departed: readonly MetricFamily[] = [];
  #isPolling = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** Looks at the children from now on. */
  start(): void {
    this.#timer ??= setInterval(() => void this.#poll(), POLL_INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** How each child was when it was last asked; one that answers nothing is as one whose loop stands still. */
  get states(): readonly LoopState[] {
    return [...this.#members.values()].map(stateOf);
  }

  /** Metrics of all children, those that are gone included; of one that does not answer, what it said last. */
  async pages(): Promise<readonly (readonly MetricFamily[])[]> {
    this.#notice();
    await Promise.all([...this.#members].map(([pid, member]) => this.#read(pid, member)));
    const pages = [...this.#members.values()].map(({ page }) => page);
    return this.#departed.length === 0 ? pages : [...pages, this.#departed];
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return;
    this.#isPolling = true;
    this.#notice();
    await Promise.all([...this.#members].map(([pid, member]) => this.#look(pid, member)));
    this.#isPolling = false;
  }

  /** A socket is a child; there is no other list. */
  #notice(): void {
    for (const pid of this.#pidsInFolder()) {
      if (this.#members.has(pid)) continue;
      const lookedMs = performance.now();
      this.#members.set(pid, { state: UNHEARD, page: [], silentMs: 0, lookedMs });
    }
  }

  #pidsInFolder(): number[] {
    try {
      return readdirSync(this.#options.folder).map((name) => Number.parseInt(name, 10));
    } catch {
      return []; // No child was forked so far.
    }
  }

  async #look(pid: number, member: Member): Promise<void> {
    try {
      member.state = JSON.parse(await askMember(this.#socketOf(pid), '/state')) as MemberState;
      member.silentMs = 0;
      // Kept fresh for the day it is gone.
      if (member.page.length === 0) await this.#read(pid, member);
    } catch (error) {
      if (this.#forgetIfGone(pid, error)) return;
      const sinceMs = performance.now() - member.lookedMs;
      member.silentMs += Math.min(sinceMs, MAX_SILENCE_STEP_MS);
    }
    member.lookedMs = performance.now();
    const isStuck = conditionOf(stateOf(member), this.#options.stallMs) === 'stuck';
    if (!isStuck || this.#reported.has(pid)) return;
    this.#reported.add(pid);
    this.#options.onStuck(pid);
  }

  async #read(pid: number, member: Member): Promise<void> {
    try {
      member.page = [...parseExposition(await askMember(this.#socketOf(pid), '/metrics'))];
    } catch (error) {
      this.#forgetIfGone(pid, error);
    }
  }

  /**
   * Where nobody listens any more and no process is, a child is gone. Where one is, its admin thread has died and a new
   * one will come; anything else may pass, too.
   */
  #forgetIfGone(pid: number, error: unknown): boolean {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'ECONNREFUSED' && code !== 'ENOENT') || isProcess(pid)) return false;
    const member = this.#members.get(pid);
    if (member === undefined) return true;
    this.#members.delete(pid);
    this.#reported.delete(pid);
    this.#departed = mergeFamilies([this.#departed, lastingFamilies(member.page)]);
    rmSync(this.#socketOf(pid), { force: true });
    return true;
  }

  #socketOf(pid: number): string {
    return join(this.#options.folder, `${pid}.sock`);
  }
}

function stateOf({ state, silentMs }: Member): LoopState {
  // What a debugger holds may be the thread that answers.
  if (state.debuggerAttached) return state;
  return { ...state, heartbeatAgeMs: Math.max(state.heartbeatAgeMs, silentMs) };
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
