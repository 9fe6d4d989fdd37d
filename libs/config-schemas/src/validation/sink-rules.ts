import { javaRegExp, type ConfigValues, type RawProps } from '@tributary/connect-api';
import type { WorkerConfig } from '../worker/worker-config.js';

/** Rules of sink connectors that need more than one property; errors go to every property involved. */
export function checkSink(values: ConfigValues, config: RawProps, worker: WorkerConfig): void {
  const report = (key: string, message: string) => values.get(key)?.errors.push(message);
  const topics = (config['topics'] ?? '').trim();
  const regex = (config['topics.regex'] ?? '').trim();
  const deadLetters = (config['errors.deadletterqueue.topic.name'] ?? '').trim();
  if ((topics === '') === (regex === '')) {
    const both = 'topics and topics.regex are mutually exclusive options, but both are set.';
    const message = topics === '' ? 'Must configure one of topics or topics.regex' : both;
    report('topics', message);
    report('topics.regex', message);
  }
  const names = topics.split(/\s*,\s*/);
  if (deadLetters !== '' && names.includes(deadLetters)) {
    const list = `'topics=[${names.join(', ')}]'`;
    report(
      'topics',
      `The DLQ topic '${deadLetters}' may not be included in the list of topics (${list}) consumed by the connector`,
    );
  }
  if (deadLetters !== '' && regex !== '' && matchesWhole(regex, deadLetters)) {
    const pattern = `'topics.regex=${regex}'`;
    report(
      'topics.regex',
      `The DLQ topic '${deadLetters}' may not be matched by the regex for the topics (${pattern}) consumed by the connector`,
    );
  }
  checkGroup(values, config, worker);
}

/** The consumer group must not be the group of the workers: its protocol is another. */
function checkGroup(values: ConfigValues, config: RawProps, worker: WorkerConfig): void {
  const key = 'consumer.override.group.id';
  const workerGroup = worker.string('group.id');
  const override = config[key];
  if (typeof override === 'string') {
    const conflict = `Consumer group ${override} conflicts with Connect worker group ${workerGroup}`;
    const errors = override === workerGroup ? [conflict] : [];
    values.set(key, { name: key, value: override, recommendedValues: [], errors, visible: true });
  }
  const name = config['name'];
  if (override === undefined && `connect-${name}` === workerGroup) {
    const message = `Consumer group for sink connector named ${name} conflicts with Connect worker group ${workerGroup}`;
    values.get('name')?.errors.push(message);
  }
}

function matchesWhole(regex: string, text: string): boolean {
  try {
    return javaRegExp(regex, { whole: true }).test(text);
  } catch {
    return false;
  }
}
