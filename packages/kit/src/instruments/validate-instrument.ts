import { BellowsError } from '@bellows/core';
import type { InstrumentOptions } from './instrument.ts';
import type { FamilyType } from './journal.ts';

// prometheus/common v0.66.1 model/metric.go, legacy validation scheme: what every scraper accepts.
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MAX_NAME_LENGTH = 200;
const MAX_LABEL_NAMES = 30;

/** Whether a metric may have that name: letters, digits, `_` and `:`, not beginning with a digit. */
export function validateMetricName(name: string): boolean {
  return METRIC_NAME.test(name);
}

/** Checks name, help and label names. @throws BellowsError `ERR_KIT_METRIC` */
export function validateInstrument(options: InstrumentOptions<string>, type: FamilyType): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null) {
    throw invalid(`the options of a ${type}, with name and help`, options);
  }
  const { name, help, labelNames = [] } = options;
  if (typeof name !== 'string' || !METRIC_NAME.test(name) || name.length > MAX_NAME_LENGTH) {
    throw invalid(`a metric's name to match ${METRIC_NAME.source}`, name);
  }
  if (typeof help !== 'string') throw invalid(`help of ${name} to be a text`, help);
  if (!Array.isArray(labelNames) || labelNames.length > MAX_LABEL_NAMES) {
    throw invalid(`labelNames of ${name} to be a list of up to ${MAX_LABEL_NAMES}`, labelNames);
  }
  labelNames.forEach((label, index) => {
    if (typeof label !== 'string' || !LABEL_NAME.test(label) || label.startsWith('__')) {
      throw invalid(`a label name of ${name} to match ${LABEL_NAME.source}, without __`, label);
    }
    if (labelNames.indexOf(label) !== index) throw invalid(`labels of ${name} to differ`, label);
    if (type === 'histogram' && label === 'le') {
      throw invalid(`a histogram's label not to be 'le', which its buckets use`, label);
    }
    if (type === 'summary' && label === 'quantile') {
      throw invalid(`a summary's label not to be 'quantile', which it uses itself`, label);
    }
  });
}

/** The names that a metric's lines have. */
export function sampleNames(name: string, type: FamilyType): string[] {
  if (type === 'histogram') return [name, `${name}_bucket`, `${name}_sum`, `${name}_count`];
  return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
}

function invalid(expected: string, got: unknown): BellowsError {
  return new BellowsError('ERR_KIT_METRIC', `Expected ${expected}, got \`${String(got)}\``, {
    remedy: 'See https://prometheus.io/docs/practices/naming/',
  });
}
