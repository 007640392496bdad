/**
 * Every error code of Bellows, by area. A code is never reused once it has been released.
 *
 * `docs/reference/errors.md` lists each of them with its meaning and remedy; a test binds the two.
 */
export const ERROR_CODES = [
  // core
  'ERR_CORE_QUANTITY',
  'ERR_CORE_DURATION',
  'ERR_CORE_INT_OR_PERCENT',
  'ERR_CORE_SELECTOR',
  'ERR_CORE_ARGUMENT',
  // exposition
  'ERR_EXPOSITION_SYNTAX',
  'ERR_EXPOSITION_LIMIT',
  // hpa
  'ERR_HPA_SPEC',
  'ERR_HPA_OBSERVATION',
  'ERR_HPA_STATE',
  // manifest
  'ERR_MANIFEST_READ',
  'ERR_MANIFEST_INVALID',
  'ERR_MANIFEST_ANNOTATION',
  // kit
  'ERR_KIT_OPTION',
  'ERR_KIT_QUEUE_FULL',
  'ERR_KIT_QUEUE_TIMEOUT',
  'ERR_KIT_DRAINING',
  'ERR_KIT_DEADLINE',
  'ERR_KIT_SCOPE_OVER',
  'ERR_KIT_METRIC',
  'ERR_KIT_ADMIN_LISTEN',
  // kubernetes
  'ERR_KUBERNETES_CONFIG',
  'ERR_KUBERNETES_UNREACHABLE',
  'ERR_KUBERNETES_UNAUTHORIZED',
  'ERR_KUBERNETES_FORBIDDEN',
  'ERR_KUBERNETES_NOT_FOUND',
  'ERR_KUBERNETES_API',
  // scrape
  'ERR_SCRAPE_TARGET',
  // kubelet
  'ERR_KUBELET_PLATFORM',
  'ERR_KUBELET_COMMAND',
  'ERR_KUBELET_ENVIRONMENT',
  'ERR_KUBELET_STATE_DIRECTORY',
  'ERR_KUBELET_NOT_RUNNING',
  // balancer
  'ERR_BALANCER_LISTEN',
  // load
  'ERR_LOAD_PROFILE',
  'ERR_LOAD_REQUEST',
  // supervisor
  'ERR_SUPERVISOR_OBJECTS',
  'ERR_SUPERVISOR_ALREADY_RUNNING',
  'ERR_SUPERVISOR_STATE_DIRECTORY',
  // cli
  'ERR_CLI_USAGE',
  'ERR_CLI_PLATFORM',
  'ERR_CLI_REPORT',
  'ERR_CLI_NOT_READY',
  'ERR_CLI_WRITE',
  'ERR_CLI_RUN',
  // conformance runner
  'ERR_CONFORMANCE_SUITE',
  'ERR_CONFORMANCE_FILE',
  'ERR_CONFORMANCE_ORACLE',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];
