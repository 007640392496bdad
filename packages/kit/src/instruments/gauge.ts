import { BellowsError } from '@bellows/core';
import { addTo, type Cell } from './cell.ts';
import type { Gauge, GaugeSeries, LabelArguments, Labels, Timer } from './instrument.ts';
import { isLabels, Metric, requireFinite, SeriesHandle } from './metric.ts';
import { shownValue } from './shown-value.ts';
import { startTimer } from './timer.ts';

/** A gauge over its series. */
export class LabelledGauge<Name extends string> extends Metric<Name> implements Gauge<Name> {
  set(labelsOrValue: Labels<Name> | number, value?: number): void {
    const given = requireNumber(isLabels(labelsOrValue) ? value : labelsOrValue);
    write(this.cellOf(labelsOrValue), given);
  }

  inc(labelsOrBy?: Labels<Name> | number, by?: number): void {
    const amount = requireFinite((isLabels(labelsOrBy) ? by : labelsOrBy) ?? 1);
    add(this.cellOf(labelsOrBy), amount);
  }

  dec(labelsOrBy?: Labels<Name> | number, by?: number): void {
    const amount = requireFinite((isLabels(labelsOrBy) ? by : labelsOrBy) ?? 1);
    add(this.cellOf(labelsOrBy), -amount);
  }

  setToCurrentTime(labels?: Labels<Name>): void {
    write(this.cellOf(labels), Date.now() / 1000);
  }

  startTimer(labels?: Labels<Name>): Timer<Name> {
    return startTimer(labels, (all, seconds) => {
      write(this.table.resolve(all), seconds);
    });
  }

  labels(...labels: LabelArguments<Name>): GaugeSeries {
    return new GaugeHandle(this.table, this.table.resolve(this.labelsOf(labels)));
  }
}

class GaugeHandle extends SeriesHandle implements GaugeSeries {
  set(value: number): void {
    write(this.cell, requireNumber(value));
  }

  inc(by = 1): void {
    add(this.cell, requireFinite(by));
  }

  dec(by = 1): void {
    add(this.cell, -requireFinite(by));
  }

  setToCurrentTime(): void {
    write(this.cell, Date.now() / 1000);
  }

  startTimer(): () => number {
    return startTimer(undefined, (_labels, seconds) => {
      write(this.cell, seconds);
    });
  }
}

function write({ values, offset }: Cell, value: number): void {
  values[offset] = value;
}

function add({ values, offset }: Cell, by: number): void {
  addTo(values, offset, by);
}

/** NaN is how Prometheus says that there is no value; what is no number at all is a mistake. */
function requireNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected the value of a gauge to be a number, got \`${shownValue(value)}\` (${typeof value})`,
    { remedy: 'Set nothing when there is no value.' },
  );
}
