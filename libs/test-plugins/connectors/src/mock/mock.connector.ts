import { CONNECT_VERSION, type ConfigDef, type ConnectorContext, type Props } from '@tributary/connect-api';
import { NO_CONFIG } from '../common/no-config.js';
import { failureDelay } from './failure-plan.js';

/** Timers cannot wait longer. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Moves nothing; fails on request. `mock_mode` is `connector-failure` or `task-failure`, `delay_ms` the time from the
 * start to the failure (15 s). One task, whatever `tasks.max` says.
 */
export abstract class MockConnector {
  #context: ConnectorContext | undefined;
  #props: Props = {};
  #timer: NodeJS.Timeout | undefined;

  version(): string {
    return CONNECT_VERSION;
  }

  config(): ConfigDef {
    return NO_CONFIG;
  }

  initialize(context: ConnectorContext): void {
    this.#context = context;
  }

  start(props: Props): void {
    this.#props = props;
    const delayMs = failureDelay(props, 'connector-failure');
    if (delayMs === undefined) return;
    this.#timer = setTimeout(() => this.#context?.raiseError(new Error()), Math.min(delayMs, LONGEST_MS));
  }

  taskConfigs(): Props[] {
    return [this.#props];
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
