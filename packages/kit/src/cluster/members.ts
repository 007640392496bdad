import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseExposition, type MetricFamily } from '@bellows/exposition';
import { askMember } from './member-client.ts';
import { conditionOf, type MemberState } from './member-state.ts';
import { lastingFamilies, mergeFamilies } from './merge-families.ts';

const POLL_INTERVAL_MS = 500;

/** What a child told last. */
interface Member {
  state: MemberState | undefined;
  page: readonly MetricFamily[];
}

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

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** Looks at the children from now on, for as long as this thread lives. */
  start(): void {
    setInterval(() => void this.#poll(), POLL_INTERVAL_MS).unref();
  }

  /** How each child was when it was last asked. */
  get states(): readonly MemberState[] {
    return [...this.#members.values()].flatMap(({ state }) => state ?? []);
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
      if (!this.#members.has(pid)) this.#members.set(pid, { state: undefined, page: [] });
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
      const told = JSON.parse(await askMember(this.#socketOf(pid), '/state')) as MemberState;
      member.state = { ...told, pid };
      // Kept fresh for the day it is gone.
      if (member.page.length === 0) await this.#read(pid, member);
    } catch (error) {
      this.#loseContact(pid, error);
      return;
    }
    const isStuck = conditionOf(member.state, this.#options.stallMs) === 'stuck';
    if (!isStuck || this.#reported.has(pid)) return;
    this.#reported.add(pid);
    this.#options.onStuck(pid);
  }

  async #read(pid: number, member: Member): Promise<void> {
    try {
      member.page = [...parseExposition(await askMember(this.#socketOf(pid), '/metrics'))];
    } catch (error) {
      this.#loseContact(pid, error);
    }
  }

  /** Where nobody listens any more, the process is gone; anything else may pass. */
  #loseContact(pid: number, error: unknown): void {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ECONNREFUSED' && code !== 'ENOENT') return;
    const member = this.#members.get(pid);
    if (member === undefined) return;
    this.#members.delete(pid);
    this.#departed = mergeFamilies([this.#departed, lastingFamilies(member.page)]);
    rmSync(this.#socketOf(pid), { force: true });
  }

  #socketOf(pid: number): string {
    return join(this.#options.folder, `${pid}.sock`);
  }
}
