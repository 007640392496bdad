export {
  createKit,
  type AdminAddress,
  type Closer,
  type DrainResult,
  type Kit,
  type Phase,
  type ShedReason,
} from './kit.ts';
export type { KitOptions } from './options/kit-options.ts';
export type { Queue, QueueOptions, Work } from './queue/queue.ts';
export type {
  Counter,
  CounterSeries,
  Gauge,
  GaugeSeries,
  Histogram,
  HistogramOptions,
  HistogramSeries,
  InstrumentOptions,
  Labels,
} from './instruments/instrument.ts';
