import { ConfigDef, DataError, type ConnectRecord, type Props } from '@tributary/connect-api';
import { SimpleDateFormat } from '../dates/simple-date-format.js';
import { BuiltInTransformation, PACKAGE } from '../record/built-in.js';

const CONFIG = ConfigDef.define({
  'topic.format': {
    type: 'STRING',
    default: '${topic}-${timestamp}',
    importance: 'HIGH',
    documentation: 'The new topic, with `${topic}` for the old one and `${timestamp}` for the time of the record.',
  },
  'timestamp.format': {
    type: 'STRING',
    default: 'yyyyMMdd',
    importance: 'HIGH',
    documentation: "The form of that time, UTC, in the letters of Java's SimpleDateFormat.",
  },
});

/** Gives records another topic by their timestamp. */
export class TimestampRouter extends BuiltInTransformation {
  static readonly className = `${PACKAGE}.TimestampRouter`;
  #topic = '';
  #pattern = '';
  #format: SimpleDateFormat | undefined;

  override config(): ConfigDef {
    return CONFIG;
  }

  override configure(configs: Props): void {
    const config = CONFIG.parse(configs);
    this.#topic = config.string('topic.format');
    this.#pattern = config.string('timestamp.format');
  }

  override apply<R extends ConnectRecord>(record: R): R {
    const { topic, timestamp, kafkaPartition } = record;
    if (timestamp === null) {
      throw new DataError(`Timestamp missing on record: topic='${topic}', kafkaPartition=${kafkaPartition}`);
    }
    // Made late, as the reference does: a wrong pattern fails records, not the start of the task.
    this.#format ??= new SimpleDateFormat(this.#pattern);
    const time = this.#format.format(timestamp);
    const withTopic = this.#topic.replaceAll('${topic}', () => topic);
    return { ...record, topic: withTopic.replaceAll('${timestamp}', () => time) };
  }
}
