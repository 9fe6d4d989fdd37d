import {
  ConnectError,
  type ConfigDef,
  type PluginClass,
  type Props,
  type SourceConnector,
  type SourceTask,
} from '@tributary/connect-api';
import { NO_CONFIG } from '../common/no-config.js';
import { parseBoolean, parseInteger } from '../common/numbers.js';
import { namedTaskConfigs, TESTABLE_VERSION } from './task-configs.js';
import { TestableSourceTask } from './testable-source.task.js';

/**
 * Counts, in `num.tasks` tasks (`tasks.max`), and misbehaves where its properties say so: `connector.start.inject.error`
 * and `connector.stop.inject.error` (`true`), `task-<task.id>.start.inject.error`, `custom.exactly.once.support`
 * (`supported`, `unsupported`, `fail`; anything else gives no answer), `custom.transaction.boundaries` (`supported`, `null`
 * for no answer, `fail`; anything else is unsupported), `alter.offsets.result` (`true`, `false`).
 */
export class TestableSourceConnector implements SourceConnector {
  static readonly className: string = 'org.apache.kafka.connect.integration.TestableSourceConnector';
  #props: Props = {};

  version(): string {
    return TESTABLE_VERSION;
  }

  config(): ConfigDef {
    return NO_CONFIG;
  }

  start(props: Props): void {
    this.#props = props;
    if (parseBoolean(props['connector.start.inject.error'])) {
      throw new Error('Injecting errors during connector start');
    }
  }

  taskClass(): PluginClass<SourceTask> {
    return TestableSourceTask;
  }

  taskConfigs(maxTasks: number): Props[] {
    const count = this.#props['num.tasks'];
    return namedTaskConfigs(this.#props, count === undefined ? maxTasks : parseInteger(count));
  }

  stop(): void {
    if (parseBoolean(this.#props['connector.stop.inject.error'])) {
      throw new Error('Injecting errors during connector stop');
    }
  }

  exactlyOnceSupport(props: Props): 'SUPPORTED' | 'UNSUPPORTED' | undefined {
    const wanted = props['custom.exactly.once.support']?.toLowerCase();
    if (wanted === 'fail') throw new ConnectError('oops');
    if (wanted === 'supported') return 'SUPPORTED';
    return wanted === 'unsupported' ? 'UNSUPPORTED' : undefined;
  }

  canDefineTransactionBoundaries(props: Props): 'SUPPORTED' | 'UNSUPPORTED' | undefined {
    const wanted = props['custom.transaction.boundaries']?.toLowerCase();
    if (wanted === 'fail') throw new ConnectError('oh no :(');
    if (wanted === 'null') return undefined;
    return wanted === 'supported' ? 'SUPPORTED' : 'UNSUPPORTED';
  }

  alterOffsets(props: Props): boolean {
    return parseBoolean(props['alter.offsets.result']);
  }
}
