import { DEFAULT_EXPOSITION_LIMITS, type ExpositionLimits } from '../exposition-limits.ts';
import type { ExpositionSyntax } from '../format/exposition-format.ts';
import type { EntryScanner } from './entry-scanner.ts';
import { OpenMetricsScanner } from './openmetrics-scanner.ts';
import { TextScanner } from './text-scanner.ts';

/** How a page is read. */
export interface ExpositionOptions extends ExpositionLimits {
  /** Its format, from `readContentType`. @defaultValue text */
  readonly syntax?: ExpositionSyntax;
  /**
   * Whether OpenMetrics' `x_created` samples are taken for what they say of others: these get `startTimestampMs`, and
   * the `_created` samples are left out. As in Prometheus, one is found only where it follows its samples within a
   * family. @defaultValue false
   */
  readonly startTimestamps?: boolean;
}

/** The scanner for pages of a syntax. */
export function createScanner({ syntax = 'text', ...limits }: ExpositionOptions): EntryScanner {
  const bounds = { ...DEFAULT_EXPOSITION_LIMITS, ...limits };
  return syntax === 'text' ? new TextScanner(bounds) : new OpenMetricsScanner(bounds);
}
