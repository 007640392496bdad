export { createSupervisor } from './create-supervisor.ts';
export { MAX_SYNC_PERIOD_SECONDS } from './local-supervisor.ts';
export { runningSupervisorPid } from './run/process-lock.ts';
export { serviceEnvironment, type BoundPort } from './service/service-environment.ts';
export type {
  AutoscalerView,
  DeploymentView,
  ScaleEvent,
  ServicePortView,
  ServiceView,
  Supervisor,
  SupervisorListener,
  SupervisorOptions,
  SupervisorSnapshot,
} from './supervisor.ts';
