/** FATAL: it fails again until somebody changes the configuration, the data or the plugin. TRANSIENT: it may pass. */
export type FailureKind = 'FATAL' | 'TRANSIENT';

/** By the reference's class names, which all our errors have too. What is not here says nothing of itself. */
const KINDS: ReadonlyMap<string, FailureKind> = new Map([
  ['org.apache.kafka.connect.errors.RetriableException', 'TRANSIENT'],
  ['org.apache.kafka.common.config.ConfigException', 'FATAL'],
  ['org.apache.kafka.connect.errors.DataException', 'FATAL'],
  ['org.apache.kafka.connect.errors.SchemaBuilderException', 'FATAL'],
  ['org.apache.kafka.connect.errors.SchemaProjectorException', 'FATAL'],
  ['org.apache.kafka.connect.errors.NotFoundException', 'FATAL'],
  ['org.apache.kafka.connect.runtime.rest.errors.BadRequestException', 'FATAL'],
  ['org.apache.kafka.connect.runtime.TooManyTasksException', 'FATAL'],
  ['org.apache.kafka.common.InvalidRecordException', 'FATAL'],
  ['org.apache.kafka.common.errors.RecordTooLargeException', 'FATAL'],
  ['org.apache.kafka.common.errors.InvalidTopicException', 'FATAL'],
]);

/** Plain ConnectExceptions that say by their text what they are. */
const FATAL_TEXTS = ['Tolerance exceeded in error handler', 'Failed to find any class that implements'];

/** `<class>: <message>` or the class alone, at the beginning and after each `Caused by: `. */
const HEADS = /(?:^|\nCaused by: )([\w$.]+)(?:: ([^\n]*))?/g;

/**
 * What a trace says of the failure: the error itself, or the first of its causes that is known, decides. A failure of
 * which nothing is known may pass: connections, timeouts, lost processes and plugins' own errors come in every shape.
 */
export function failureKind(trace: string | null): FailureKind {
  for (const [, className = '', message = ''] of (trace ?? '').matchAll(HEADS)) {
    const kind = KINDS.get(className);
    if (kind !== undefined) return kind;
    if (FATAL_TEXTS.some((text) => message.startsWith(text))) return 'FATAL';
  }
  return 'TRANSIENT';
}
