import { appendFileSync } from 'node:fs';
import { ConfigDef, ConnectError, DataError, definePlugins, RetriableError } from '@tributary/connect-api';

/** Does what each value says, as ReportingSinkConnector.java does; values that say nothing are lines of `file`. */
class ReportingSinkTask {
  version() {
    return '1.0.0';
  }
  initialize(context) {
    this.context = context;
  }
  start(props) {
    this.file = props.file;
    this.retried = false;
  }
  async put(records) {
    for (const record of records) await this.take(record);
  }
  async take(record) {
    const { value } = record;
    const reporter = this.context.errantRecordReporter;
    const error = new DataError(`told to ${value}`);
    if (value.startsWith('throw')) throw new ConnectError('told to throw');
    if (value.startsWith('retry') && !this.retried) {
      this.retried = true;
      this.context.timeout(100);
      throw new RetriableError('told to retry');
    }
    if (value.startsWith('report')) await reporter.report(record, error);
    else if (value.startsWith('swallow')) {
      try {
        await reporter.report(record, error);
      } catch {
        // what the value asks for
      }
    } else if (value.startsWith('copy')) {
      await reporter.report({ ...record, key: 'own', value: 'changed' }, error);
    } else if (value.startsWith('made')) {
      const { topic, kafkaPartition, kafkaOffset, timestamp, timestampType } = record;
      const origin = { originalTopic: topic, originalKafkaPartition: kafkaPartition, originalKafkaOffset: kafkaOffset };
      const made = { topic, kafkaPartition, kafkaOffset, timestamp, timestampType, headers: undefined, ...origin };
      await reporter.report({ ...made, keySchema: null, key: 'own', valueSchema: null, value: 'made anew' }, error);
    } else appendFileSync(this.file, `${value}\n`);
  }
  stop() {}
}

class ReportingSinkConnector {
  static className = 'com.example.ReportingSinkConnector';
  version() {
    return '1.0.0';
  }
  config() {
    return ConfigDef.define({ file: { type: 'STRING', importance: 'HIGH', documentation: 'where good values go' } });
  }
  start(props) {
    this.props = props;
  }
  taskClass() {
    return ReportingSinkTask;
  }
  taskConfigs() {
    return [this.props];
  }
  stop() {}
}

export default definePlugins({ sinks: [ReportingSinkConnector] });
