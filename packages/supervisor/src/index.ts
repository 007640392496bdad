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
