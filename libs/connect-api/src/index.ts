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
  UnsupportedOperationError,
  referenceClassOf,
  traceOf,
  type ErrorCode,
} from './errors.js';
export { Float64, type ConnectValue, type Field, type Schema, type SchemaAndValue, type SchemaType } from './schema.js';
export { ConnectSchema, schemaEquals, type SchemaInit } from './connect-schema.js';
export { SchemaBuilder } from './schema-builder.js';
export { Schemas } from './schemas.js';
export { DateSchema, DecimalSchema, TimeSchema, TimestampSchema } from './logical-types.js';
export { DATE_NAME, DECIMAL_NAME, TEMPORAL_NAMES, TIMESTAMP_NAME, TIME_NAME } from './logical-names.js';
export { Decimal } from './decimal.js';
export { Struct } from './struct.js';
export { validateValue } from './validate-value.js';
export { valuesEqual } from './value-equality.js';
export {
  isIndexKey,
  keysInOrder,
  rememberKeyOrder,
  rememberedKeyOrder,
  setMember,
  type PlainObject,
} from './plain-object.js';
export { ObjectMaker } from './object-maker.js';
export { hashMapKeyOrder, hashMapOrder, javaStringHash } from './java-hash.js';
export { javaClassOf } from './java-class.js';
export { javaDate } from './java-date.js';
export { javaDouble, javaFloat } from './java-number.js';
export {
  DAY_MS,
  SUNDAY,
  calendarDay,
  dayOf,
  floorMod,
  inItsCalendar,
  monthStart,
  onOrBefore,
  timeOfDay,
  weekStart,
  weekday,
  type CalendarDay,
  type MonthStart,
} from './calendar.js';
export { javaToString } from './java-text.js';
export { javaUtf8Text, textOfJavaUtf8 } from './java-utf8.js';
export { javaTrim } from './java-trim.js';
export { headerText } from './values/header-text.js';
export { parseHeaderText } from './values/parse-header-text.js';
export { CONNECT_VERSION } from './version.js';
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
export type { OffsetReader, SourceTask, SourceTaskContext, TransactionContext } from './source-task.js';
export type { ErrantRecordReporter, SinkTask, SinkTaskContext } from './sink-task.js';
export type { Bytes, Converter, ConverterOptions, HeaderConverter, Predicate, Transformation } from './converter.js';
export type { RestExtension, RestExtensionContext, RestFilter } from './rest-extension.js';
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
export { javaRegExp } from './reg-exp/java-reg-exp.js';
export { JavaPattern, ReplacementError } from './reg-exp/java-pattern.js';
