import type { MetricType, Sample } from '../metric-family.ts';

/** A `# TYPE` line. */
export interface TypeEvent {
  /** Tells the events apart. */
  readonly kind: 'type';
  /** The family's name. */
  readonly name: string;
  /** The family's type, until another line says otherwise. */
  readonly type: MetricType;
}

/** A `# HELP` line. */
export interface HelpEvent {
  /** Tells the events apart. */
  readonly kind: 'help';
  /** The family's name. */
  readonly name: string;
  /** The text, with its escapes undone. */
  readonly text: string;
}

/** A `# UNIT` line of OpenMetrics. */
export interface UnitEvent {
  /** Tells the events apart. */
  readonly kind: 'unit';
  /** The family's name. */
  readonly name: string;
  /** Such as `seconds`; the name ends in it. May be empty. */
  readonly unit: string;
}

/** Any other line of text that starts with `#`. */
export interface CommentEvent {
  /** Tells the events apart. */
  readonly kind: 'comment';
  /** The line from its `#` on. */
  readonly text: string;
}

/** A line with a value. */
export interface SampleEvent {
  /** Tells the events apart. */
  readonly kind: 'sample';
  /** What the line says. */
  readonly sample: Sample;
}

/** What one line of a page says. */
export type ExpositionEvent = TypeEvent | HelpEvent | UnitEvent | CommentEvent | SampleEvent;
