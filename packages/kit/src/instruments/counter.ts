import { BellowsError } from '@bellows/core';
import { addTo } from './cell.ts';
import type { Counter, CounterSeries, LabelArguments, Labels } from './instrument.ts';
import { isLabels, Metric, SeriesHandle } from './metric.ts';
import { shownValue } from './shown-value.ts';

/** A counter over its series. */
export class LabelledCounter<Name extends string> extends Metric<Name> implements Counter<Name> {
  inc(labelsOrBy?: Labels<Name> | number | null, by?: number | null): void {
    const amount = incrementOf(isLabels(labelsOrBy) ? by : labelsOrBy);
    const { values, offset } = this.cellOf(labelsOrBy);
    addTo(values, offset, amount);
  }

  labels(...labels: LabelArguments<Name>): CounterSeries {
    return new CounterHandle(this.table, this.table.resolve(this.labelsOf(labels)));
  }
}

class CounterHandle extends SeriesHandle implements CounterSeries {
  inc(by?: number | null): void {
    const amount = incrementOf(by);
    const { values, offset } = this.cell;
    addTo(values, offset, amount);
  }
}

function incrementOf(by: unknown): number {
  if (by === undefined || by === null) return 1;
  if (Number.isFinite(by) && (by as number) >= 0) return by as number;
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected the increment of a counter to be finite and 0 or more, got \`${shownValue(by)}\``,
    { remedy: 'Use a gauge for what goes down.' },
  );
}
