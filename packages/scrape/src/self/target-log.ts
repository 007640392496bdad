import type { ScrapeTarget, TargetChange } from '../scraper.ts';
import type { ScrapeFailureReason } from '../target/scrape-error.ts';
import type { ScrapeOutcome } from '../target/target-scraper.ts';

/** Tells changes of targets, not each failed scrape. */
export interface TargetLog {
  add(outcome: ScrapeOutcome): void;
  /** A target that is gone. */
  forget(target: ScrapeTarget): void;
}

/** @param tell - What listens; nothing is told without it. */
export function createTargetLog(tell?: (change: TargetChange) => void): TargetLog {
  const failing = new Map<ScrapeTarget, ScrapeFailureReason>();
  return {
    add({ target, failure }) {
      const reason = failure?.reason;
      if (failing.get(target) === reason) return;
      if (reason === undefined) failing.delete(target);
      else failing.set(target, reason);
      tell?.({ target, reason, message: `${target.url} ${failure?.message ?? 'is well again'}` });
    },
    forget(target) {
      failing.delete(target);
    },
  };
}
