export { readAdapterConfig } from './config/read-adapter-config.ts';
export type {
  AdapterConfig,
  DiscoveryRule,
  NameMapping,
  ResourceMapping,
  ResourceName,
  ResourceRule,
  ResourceRules,
  SeriesFilter,
} from './config/discovery-rule.ts';
export { MetricNamer, type ExternalQuery, type ObjectQuery } from './naming/metric-namer.ts';
export type { MetricNaming } from './naming/metric-name.ts';
export { ResourceConverter, type SeriesResources } from './naming/resource-converter.ts';
export type { NameTest } from './naming/series-filter.ts';
export type { ValueEscaping } from './naming/label-matchers.ts';
export {
  formatGroupResource,
  parseGroupResource,
  ResourceMapper,
  type ApiResource,
  type GroupResource,
} from './naming/resource-mapper.ts';
export {
  CustomMetricRegistry,
  type CustomMetric,
  type CustomMetricName,
  type CustomSeries,
  type MetricScopes,
  type CustomMetricRequest,
} from './registry/custom-metric-registry.ts';
export {
  ExternalMetricRegistry,
  type ExternalSeries,
  type ExternalMetricRequest,
} from './registry/external-metric-registry.ts';
export type { SeriesShape } from './registry/series.ts';
export { objectValues } from './value/object-values.ts';
export { externalValues, type ExternalValue } from './value/external-values.ts';
export type { QueryResult, QuerySample } from './value/query-result.ts';
export type { NanPolicy } from './value/sample-quantity.ts';
export { encodeJson } from './api/go-json.ts';
export {
  CUSTOM_METRICS_VERSIONS,
  metricValueList,
  type CustomMetricsVersion,
  type DescribedObject,
  type ListMeta,
  type MetricValue,
} from './api/metric-value-list.ts';
export {
  externalMetricValueList,
  type ExternalMetricValue,
} from './api/external-metric-value-list.ts';
export {
  nodeMetrics,
  nodeMetricsList,
  podMetrics,
  podMetricsList,
  type ContainerMetrics,
  type MeasuredObject,
  type NodeMetrics,
  type PodMetrics,
  type ResourceUsage,
} from './api/resource-metrics.ts';
export { refusals, type AccessRequest } from './api/refusals.ts';
export {
  statusObject,
  type Status,
  type StatusCause,
  type StatusDetails,
  type StatusReason,
} from './api/status.ts';
export { parseApiPath } from './api/request-path.ts';
export type {
  ApiPath,
  CustomMetricPath,
  ExternalMetricPath,
  GroupListPath,
  GroupPath,
  ResourceListPath,
  ResourceMetricsPath,
  UnknownPath,
} from './api/api-path.ts';
export {
  AGGREGATED_DISCOVERY_VERSIONS,
  aggregatedDiscoveryType,
  apiGroup,
  apiGroupDiscoveryList,
  apiGroupList,
  apiResourceList,
  LISTED_RESOURCE_METRICS,
  listedCustomMetrics,
  listedExternalMetrics,
  type AggregatedDiscoveryVersion,
  type ListedResource,
  type ServedGroup,
  type ServedVersion,
} from './api/discovery.ts';
export {
  createPrometheusClient,
  type AskOptions,
  type PrometheusClient,
  type PrometheusClientOptions,
  type PrometheusRequest,
} from './prometheus/prometheus-client.ts';
export type {
  ClientCertificateFiles,
  PrometheusConnectionOptions,
} from './prometheus/connection.ts';
export type { QueryMethod } from './prometheus/send-form.ts';
export type {
  CustomMetrics,
  ExternalMetricRead,
  ExternalMetrics,
  ExternalReading,
  ObjectMetricRequest,
  ObjectMetricValue,
  ResourceMetrics,
  ResourceMetricsRequest,
  Source,
  SourceState,
} from './source/source.ts';
export type {
  KafkaMetricConfig,
  KafkaSaslConfig,
  KafkaSourceConfig,
  KafkaTlsConfig,
  PodsSourceConfig,
  PolledMetricConfig,
  PollingConfig,
  PostgresqlMetricConfig,
  PostgresqlSourceConfig,
  PrometheusSourceConfig,
  SourceConfig,
} from './config/source-config.ts';
export { createPodsSource, type PodsSource, type PodsSourceOptions } from './pods/pods-source.ts';
export { createDemand, type Demand, type DemandOptions } from './demand/watch-demand.ts';
export type { AutoscalerDemand, NamedMetric, ObjectReference } from './demand/autoscaler-demand.ts';
export {
  createClusterResources,
  type ClusterResources,
  type ClusterResourcesOptions,
} from './mapper/cluster-resources.ts';
export {
  createObjectIndex,
  type ObjectIndex,
  type ObjectIndexOptions,
  type ObjectSelection,
} from './objects/object-index.ts';
export type { IndexedObject } from './objects/object-table.ts';
export type { WatchTimes } from './objects/object-watch.ts';
export type { PrometheusBackend } from './rules/backend.ts';
export {
  createPrometheusSource,
  type PrometheusRules,
  type PrometheusSource,
  type PrometheusSourceOptions,
} from './rules/prometheus-source.ts';
export { prepareRules, type PreparedRule, type RuleSurroundings } from './rules/prepare-rules.ts';
export { createConfigFile, type ConfigFile, type ConfigFileOptions } from './reload/config-file.ts';
export { commonResources } from './explain/common-resources.ts';
export { explainSeries, type RuleVerdict, type ServedMetric } from './explain/explain-series.ts';
export { createDelegateSource, type DelegateSourceOptions } from './delegate/delegate-source.ts';
export {
  ALL_APIS,
  SERVED_APIS,
  type ServedApi,
  type ServiceReference,
} from './registration/api-service.ts';
export type { RegistrationOptions } from './registration/register-api.ts';
export {
  createRegistrar,
  type Registrar,
  type RegistrarOptions,
} from './registration/registrar.ts';
export type { KeyedCertificate } from './registration/certificate.ts';
export {
  createOwnAuthority,
  type OwnAuthority,
  type OwnAuthorityOptions,
  type SecretReference,
  type ServingCertificate,
} from './registration/own-authority.ts';
export { unregister, type Unregistered } from './registration/unregister.ts';
export { createJsonLog, type Log, type LogFields, type LogLevel } from './self/log.ts';
export {
  createMetricsApiServer,
  type ListeningPort,
  type MetricsApiServer,
  type MetricsApiServerOptions,
} from './server/metrics-api-server.ts';
export type { RequestReport } from './server/request-handler.ts';
export type { DiscoveryMode, MetricsApiGroup } from './server/served-groups.ts';
export { DEFAULT_SERVER_LIMITS, type ServerLimits } from './server/server-limits.ts';
export { Refusal } from './server/refusal.ts';
export type { Authenticator, Credentials } from './auth/authenticator.ts';
export type { Authorizer, RequestAttributes, Verdict } from './auth/authorizer.ts';
export { ANONYMOUS, authenticated, type User } from './auth/user.ts';
export {
  createPostgresqlSource,
  type PostgresqlSourceOptions,
} from './postgresql/postgresql-source.ts';
export type { PolledSource } from './polled/polled-source.ts';
export { createAdapter, type Adapter } from './adapter/create-adapter.ts';
export type {
  AdapterCertificate,
  AdapterOptions,
  AdapterRegistration,
  RegisteredApi,
  ServingFiles,
} from './adapter/adapter-options.ts';
export { createKafkaSource, type KafkaSourceOptions } from './kafka/kafka-source.ts';
export {
  createDelegatedAuthentication,
  type DelegatedAuthentication,
  type DelegatedAuthenticationOptions,
} from './auth/delegated-authentication.ts';
export {
  createDelegatedAuthorization,
  type DelegatedAuthorizationOptions,
} from './auth/access-reviews.ts';
export {
  createCertificateFiles,
  type CertificateFiles,
  type CertificateFilesOptions,
} from './tls/certificate-files.ts';
