import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigDef, definePlugins, sourceRecord } from '@tributary/connect-api';
import { Fault } from './faults.js';

const BATCH = 20;
const PAUSE_MS = 20;
const FAULT_SETTINGS = ['fault', 'fault.in', 'fault.at', 'fault.times', 'fault.until', 'starts'];
const SETTINGS = [...FAULT_SETTINGS, 'count', 'topic', 'file', 'tasks', 'poison', 'large'];

/** No converter can make anything of it. */
const unreadable = {
  get member() {
    throw new Error('told to be unreadable');
  },
};

class FaultyConnector {
  version() {
    return '1.0.0';
  }
  config() {
    const setting = { type: 'STRING', default: '', importance: 'LOW', documentation: 'what goes wrong, and when' };
    return ConfigDef.define(Object.fromEntries(SETTINGS.map((name) => [name, setting])));
  }
  async start(props) {
    this.props = props;
    this.fault = new Fault(props);
    await this.fault.in('connector.start');
  }
  async taskConfigs(max) {
    await this.fault.in('connector.taskConfigs');
    return Array.from({ length: Number(this.props.tasks ?? max) }, (_, task) => ({ ...this.props, task: `${task}` }));
  }
  async stop() {
    await this.fault.in('connector.stop');
  }
}

/**
 * Emits the lines 1 to `count`, numbered as numbered-lines.ts does; the offset says which was the last. Each start is a
 * line of the file `starts`.
 */
class FaultySourceTask {
  version() {
    return '1.0.0';
  }
  initialize(context) {
    this.context = context;
  }
  async start(props) {
    this.props = props;
    this.fault = new Fault(props);
    if (props.starts !== undefined) appendFileSync(props.starts, 'start\n');
    await this.fault.in('start');
    this.partition = { lines: props.topic, task: props.task };
    this.last = (await this.context.offsetReader.offset(this.partition))?.last ?? 0;
  }
  async poll() {
    await this.fault.in('poll', this.last);
    await delay(PAUSE_MS);
    const length = Math.min(BATCH, Number(this.props.count ?? 0) - this.last);
    return length <= 0 ? null : Array.from({ length }, () => this.next());
  }
  next() {
    const number = ++this.last;
    const text = `line-${String(number).padStart(9, '0')}`;
    const { poison, large, topic } = this.props;
    const value = `${number}` === poison ? unreadable : `${number}` === large ? 'x'.repeat(2_000_000) : text;
    return sourceRecord({ sourcePartition: this.partition, sourceOffset: { last: number }, topic, value });
  }
  async stop() {
    await this.fault.in('stop');
  }
}

/** Appends values to `file`, a line each, and how many came at a time to `file`.sizes. */
class FaultySinkTask {
  version() {
    return '1.0.0';
  }
  async start(props) {
    this.props = props;
    this.fault = new Fault(props);
    this.taken = 0;
    await this.fault.in('start');
  }
  async put(records) {
    if (records.length === 0) return;
    await this.fault.in('put', this.taken);
    this.taken += records.length;
    appendFileSync(`${this.props.file}.sizes`, `${records.length}\n`);
    appendFileSync(this.props.file, records.map(({ value }) => `${value}\n`).join(''));
  }
  async stop() {
    await this.fault.in('stop');
  }
}

class FaultySource extends FaultyConnector {
  taskClass() {
    return FaultySourceTask;
  }
}

class FaultySink extends FaultyConnector {
  taskClass() {
    return FaultySinkTask;
  }
}

export default definePlugins({ sources: [FaultySource], sinks: [FaultySink] });
