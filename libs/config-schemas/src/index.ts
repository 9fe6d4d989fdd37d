export { parseProperties } from './properties/parse-properties.js';
export { environmentProperties, loadWorkerProperties } from './properties/load-worker-properties.js';
export { WorkerConfig, type Service } from './worker/worker-config.js';
export { workerDefinition } from './worker/worker-definition.js';
export { parseListeners, type Listener } from './worker/listeners.js';
export type { AdvertisedAddress } from './worker/advertised-address.js';
export { httpsPrefix, type HttpsPrefix } from './worker/https-prefix.js';
export { parseHeaderRules, type HeaderRule } from './worker/response-headers.js';
export { hashOf, sessionKeyBytes } from './worker/signing-algorithms.js';
export { clientDefinitions, type ClientKind } from './clients/client-keys.js';
export { connectorClientProperties, type ConnectorClientOptions } from './clients/connector-client-properties.js';
export {
  exactlyOnceProducerProperties,
  ownOffsetsTopic,
  taskTransactionalId,
  type OwnOffsetsTopic,
} from './clients/source-clients.js';
export { overridePolicy, type OverridePolicy } from './clients/override-policy.js';
export {
  type ConnectorPlugin,
  type Plugin,
  type PluginKind,
  type PluginLookup,
  type PluginTypes,
} from './plugins/plugin-lookup.js';
export { connectorDefinitions, ConnectorConfig } from './connector/connector-config.js';
export type {
  AliasedPlugin,
  DeadLetterQueueConfig,
  ErrorHandlingConfig,
  TransformConfig,
} from './connector/connector-config.js';
export { recoverySettings, type RecoverySettings, type RestartSettings } from './connector/recovery-settings.js';
export { converterSetting, type ConverterKey, type ConverterSetting } from './connector/converter-setting.js';
export { topicCreationGroups, type TopicCreationGroup } from './connector/topic-creation.js';
export {
  invalidConfigMessage,
  type ConfigInfo,
  type ConfigInfos,
  type ConfigValueInfo,
} from './validation/config-infos.js';
export { javaMapText } from './validation/java-map-text.js';
export {
  noConnectorType,
  validateConnectorConfig,
  type RawConnectorConfig,
  type ValidationContext,
} from './validation/validate-connector-config.js';
export { parseJaas, type JaasLogin } from './jaas/jaas-line.js';
export { parseJaasFile } from './jaas/jaas-file.js';
export { connectorSecrets, secretValues, secretVariables } from './secrets/connector-secrets.js';
export { unmasked, type UnmaskedConfig } from './secrets/masked-config.js';
export { passwordNames, type SecretsContext } from './secrets/password-names.js';
export { ConfigProviders, hasVariables, withVariables, type Resolution } from './providers/config-providers.js';
