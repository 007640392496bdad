export { createKit } from './create-kit.ts';
export type { DrainResult, Kit } from './kit.ts';
export type { AdminAddress } from './admin/admin-server.ts';
export type { Check, CheckFunction, CheckOptions } from './checks/check.ts';
export type { ClientGuardOptions, Guard, GuardOptions, UseOptions, Watch } from './guards/guard.ts';
export type { GuardedFetch, GuardedFetchInit } from './guards/guarded-fetch.ts';
export type { Guards } from './guards/guards.ts';
export type { HttpAgent, UndiciDispatcher } from './guards/http-watched.ts';
export type { MysqlConnection, MysqlPool } from './guards/mysql-driver.ts';
export type { PgClient, PgPool, PgRows } from './guards/pg-driver.ts';
export type { RedisClient } from './guards/redis-driver.ts';
export type { Scope, SpawnOptions } from './scope/scope.ts';
export type { Startup } from './checks/startup.ts';
export type { Closer, CloserOptions } from './drain/closers.ts';
export type { AttachableServer } from './http/attachable-server.ts';
export type { AnyRequest } from './http/request-record.ts';
export type { ShedReason } from './http/shed-reason.ts';
export type { KitOptions } from './options/kit-options.ts';
export type { Phase } from './phase.ts';
export type {
  AdmissionOptions,
  Limit,
  LimitOptions,
  LimitedRequest,
  LimitedResponse,
  Middleware,
  RequestHandler,
  RequestLimit,
  RunOptions,
  Task,
} from './limit/limit.ts';
export type { Priority } from './limit/priority.ts';
export type { Queue, QueueOptions, Work } from './queue/queue.ts';
export type { ForeignMetric, ForeignRegistry } from './instruments/foreign-registry.ts';
export type {
  CollectFunction,
  Counter,
  CounterOptions,
  CounterSeries,
  Gauge,
  GaugeOptions,
  GaugeSeries,
  Histogram,
  HistogramOptions,
  HistogramSeries,
  Instrument,
  InstrumentOptions,
  LabelArguments,
  Labels,
  Observer,
  ObserverSeries,
  Summary,
  SummaryOptions,
  Timer,
} from './instruments/instrument.ts';
