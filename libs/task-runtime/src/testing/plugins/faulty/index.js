import { appendFileSync } from 'node:fs';
import { ConfigDef, definePlugins } from '@tributary/connect-api';
import { Fault } from './faults.js';

class TestConnector {
  version() {
    return '1.2.3';
  }
  config() {
    return ConfigDef.define({});
  }
  start(props) {
    this.props = props;
  }
  taskConfigs() {
    return [this.props];
  }
  stop() {}
}

/** Says in `journal` what is called: one line per call. */
const journal = (props, line) => {
  if (props.journal !== undefined) appendFileSync(props.journal, `${line}\n`);
};

/** A value that no converter can read. */
const poison = {
  get member() {
    throw new Error('poison');
  },
};

/** Emits the numbers from 0 to `count`, `batch` at a time; the offset says which comes next. */
class NumberSourceTask {
  version() {
    return '1.2.3';
  }
  initialize(context) {
    this.context = context;
  }
  async start(props) {
    this.props = props;
    this.fault = new Fault(props);
    this.partition = { numbers: props.topic };
    journal(props, 'starting');
    if (props['fault.in'] === 'start') await this.fault.strike(0);
    const offset = await this.context.offsetReader.offset(this.partition);
    this.next = Number(offset?.next ?? 0);
    journal(props, `start ${this.next}`);
  }
  async poll() {
    const { count, batch, topic, lazy } = this.props;
    if (this.props['fault.in'] === undefined) await this.fault.strike(this.next);
    const left = Math.min(Number(batch ?? 100), Number(count) - this.next);
    if (left <= 0) return null;
    if (lazy !== undefined) await new Promise((resolve) => setTimeout(resolve, Number(lazy)));
    return Array.from({ length: left }, () => {
      const number = this.next++;
      const large = this.props.large === String(number);
      const value = this.props.poison === String(number) ? poison : large ? 'x'.repeat(2_000_000) : String(number);
      return {
        sourcePartition: this.partition,
        sourceOffset: { next: this.next },
        topic: topic,
        kafkaPartition: null,
        keySchema: null,
        key: null,
        valueSchema: null,
        value,
        timestamp: null,
        headers: undefined,
      };
    });
  }
  commit() {
    journal(this.props, 'commit');
  }
  async stop() {
    if (this.props['fault.in'] === 'stop') await this.fault.strike(0);
    journal(this.props, 'stop');
  }
}

class NumberSourceConnector extends TestConnector {
  taskClass() {
    return NumberSourceTask;
  }
}

/** As the above, and tells of each record that is safe. */
class ConfirmingSourceTask extends NumberSourceTask {
  commitRecord(record, metadata) {
    journal(this.props, `committed ${record.value} at ${metadata === null ? 'nowhere' : metadata.offset}`);
  }
}

class ConfirmingSourceConnector extends TestConnector {
  taskClass() {
    return ConfirmingSourceTask;
  }
}

/** Ends a transaction after each ten numbers; every other one is aborted. `contradict`: all are committed as well. */
class BoundarySourceTask extends NumberSourceTask {
  async poll() {
    const records = await super.poll();
    for (const record of records ?? []) {
      if (!record.value.endsWith('9')) continue;
      const aborts = Math.floor(Number(record.value) / 10) % 2 === 1;
      const { transactionContext } = this.context;
      if (aborts || this.props.contradict === 'true') transactionContext.abortTransaction(record);
      if (!aborts || this.props.contradict === 'true') transactionContext.commitTransaction(record);
    }
    return records;
  }
}

class BoundarySourceConnector extends TestConnector {
  taskClass() {
    return BoundarySourceTask;
  }
}

/** With all of the record's fields but its value, and no copy of it. */
function madeAnew(record, value) {
  return Object.fromEntries(Object.entries({ ...record, value }));
}

/**
 * Appends `topic-partition-offset value` for each record to `file`. Reports the record with the value `reject` as one that
 * it cannot deliver; with `remade` it reports one that it makes from it. Takes no batch with a value that begins with `poison`.
 */
class JournalSinkTask {
  version() {
    return '1.2.3';
  }
  initialize(context) {
    this.context = context;
  }
  async start(props) {
    this.props = props;
    this.fault = new Fault(props);
    this.seen = 0;
    if (props['fault.in'] === 'start') await this.fault.strike(0);
  }
  open(partitions) {
    for (const { topic, partition } of partitions) journal(this.props, `open ${topic}-${partition}`);
  }
  async put(records) {
    if (records.length > 0 && this.props['fault.in'] === undefined) {
      if (this.props.timeout !== undefined) this.context.timeout(Number(this.props.timeout));
      await this.fault.strike(this.seen);
    }
    if (this.props.poison !== undefined) {
      const poison = records.find(({ value }) => String(value).startsWith(this.props.poison));
      if (poison !== undefined) throw new Error(`cannot take ${poison.value}`);
    }
    this.seen += records.length;
    if (this.props.reject !== undefined) {
      for (const record of records) {
        if (record.value === this.props.reject) {
          const { remade } = this.props;
          const reported = remade === undefined ? record : madeAnew(record, `${remade} ${record.value}`);
          await this.context.errantRecordReporter.report(reported, new Error('rejected'));
        }
      }
    }
    const taken = records.filter(({ value }) => value !== this.props.reject);
    const lines = taken.map((r) => `${r.topic}-${r.kafkaPartition}-${r.kafkaOffset} ${r.value}\n`);
    if (lines.length > 0) appendFileSync(this.props.file, lines.join(''));
  }
  async preCommit(offsets) {
    if (this.props['fault.in'] === 'preCommit') await this.fault.strike(this.seen);
    for (const { topic, partition, offset } of offsets)
      journal(this.props, `preCommit ${topic}-${partition} ${offset}`);
    return offsets;
  }
  async close(partitions) {
    if (this.props['fault.in'] === 'close') await this.fault.strike(this.seen);
    for (const { topic, partition } of partitions) journal(this.props, `close ${topic}-${partition}`);
  }
  stop() {
    journal(this.props, 'stop');
  }
}

class JournalSinkConnector extends TestConnector {
  taskClass() {
    return JournalSinkTask;
  }
}

/** Never comes back from a record. */
class StuckTransform {
  config() {
    return ConfigDef.define({});
  }
  configure() {}
  apply() {
    for (;;);
  }
}

export default definePlugins({
  transformations: [StuckTransform],
  sources: [NumberSourceConnector, ConfirmingSourceConnector, BoundarySourceConnector],
  sinks: [JournalSinkConnector],
});
