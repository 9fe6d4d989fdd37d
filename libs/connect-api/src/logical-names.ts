/** Names of the schemas whose values are not what their base type says. */
export const DECIMAL_NAME = 'org.apache.kafka.connect.data.Decimal';
export const DATE_NAME = 'org.apache.kafka.connect.data.Date';
export const TIME_NAME = 'org.apache.kafka.connect.data.Time';
export const TIMESTAMP_NAME = 'org.apache.kafka.connect.data.Timestamp';

/** Those whose values are JavaScript Dates. */
export const TEMPORAL_NAMES: ReadonlySet<string> = new Set([DATE_NAME, TIME_NAME, TIMESTAMP_NAME]);
