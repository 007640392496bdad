import type { DecisionRecord } from '@bellows/core';
import type { OutputLine } from '@bellows/kubelet';
import type { RunReport } from '../report/run-report.ts';
import type { RunView, SeenEvent } from '../view/run-view.ts';

/** Something people should know that is no part of the run: an assumption, a limit, a trouble of Bellows' own. */
export interface Notice {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** Where a run is shown. Each form of `--output` is one. */
export interface Output {
  /** May come before `begin` and after `end`. */
  notice(notice: Notice): void;
  /** The run begins; `view` gives its state whenever it is called. */
  begin(view: () => RunView): void;
  /** A second has passed. This and a log may be left out where they are not read in time; nothing else is. */
  tick(): void;
  decision(record: DecisionRecord): void;
  event(seen: SeenEvent): void;
  log(line: OutputLine): void;
  /** The run is over and nothing will change any more; gives the terminal back. Idempotent. */
  end(): void;
  summary(report: RunReport): void;
}
