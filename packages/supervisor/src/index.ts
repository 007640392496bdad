export { createSupervisor } from './create-supervisor.ts';
export type {
  AutoscalerView,
  DeploymentView,
  ScaleEvent,
  ServiceView,
  Supervisor,
  SupervisorListener,
  SupervisorOptions,
  SupervisorSnapshot,
} from './supervisor.ts';
