export {
  AlreadyExistsError,
  BadRequestError,
  ConfigError,
  ConflictError,
  ConnectError,
  DataError,
  IllegalStateError,
  NotFoundError,
  RetriableError,
  SchemaBuilderError,
  referenceClassOf,
  traceOf,
  type ErrorCode,
} from './errors.js';
export { Float64, type ConnectValue, type Field, type Schema, type SchemaAndValue, type SchemaType } from './schema.js';
export { Decimal } from './decimal.js';
export { Struct } from './struct.js';
export { headersOf, type ConnectHeaders, type Header } from './headers.js';
export {
  sourceRecord,
  type ConnectRecord,
  type OffsetValue,
  type RecordMetadata,
  type SinkRecord,
  type SourceOffset,
  type SourcePartition,
  type SourceRecord,
  type SourceRecordInit,
  type TimestampType,
  type TopicPartition,
  type TopicPartitionOffset,
} from './record.js';
export type {
  Connector,
  ConnectorContext,
  MaybePromise,
  PluginClass,
  Props,
  SinkConnector,
  SourceConnector,
} from './connector.js';
export type { TaskLog } from './task-log.js';
export type { OffsetReader, SourceTask, SourceTaskContext } from './source-task.js';
export type { ErrantRecordReporter, SinkTask, SinkTaskContext } from './sink-task.js';
export type { Bytes, Converter, ConverterOptions, HeaderConverter, Predicate, Transformation } from './converter.js';
export { definePlugins, type PluginManifest } from './plugin.js';
export {
  ConfigDef,
  Password,
  keyInfo,
  type ConfigKey,
  type ConfigKeyInfo,
  type ConfigKeyInit,
  type ConfigType,
  type ConfigValue,
  type ConfigValues,
  type Importance,
  type ParsedValue,
  type RawProps,
  type Recommender,
  type Validator,
  type Width,
} from './config-def.js';
export { Config } from './config.js';
export { displayed, invalidValue, parseConfigValue, printed } from './config-parse.js';
export {
  allOf,
  atLeast,
  between,
  lambda,
  nonEmptyString,
  nonEmptyStringWithoutControlChars,
  nonNull,
  oneOf,
  oneOfIgnoringCase,
  regularExpression,
  validList,
  type ListRules,
} from './config-validators.js';
