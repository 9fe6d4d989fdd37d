import type { ConfigValue, ConfigValues, SourceConnector } from '@tributary/connect-api';
import type { WorkerConfig } from '../worker/worker-config.js';

const NO_SUPPORT = 'The connector does not support exactly-once semantics with the provided configuration.';
const NO_API =
  'The connector does not implement the API required for preflight validation of exactly-once source support. ' +
  'Please consult the documentation for the connector to determine whether it supports exactly-once semantics, ' +
  'and then consider reconfiguring the connector to use the value "requested" for this property ' +
  '(which will disable this preflight check and allow the connector to be created).';
const NO_BOUNDARIES =
  'The connector does not support connector-defined transaction boundaries with the given configuration. ' +
  'Please reconfigure it to use a different transaction boundary definition.';
const NULL_BOUNDARIES =
  'This connector has returned a null value from its canDefineTransactionBoundaries method, which is not permitted. ' +
  'The connector will be treated as if it cannot define its own transaction boundaries, and cannot be configured with ' +
  "'transaction.boundary' set to 'connector'.";

/** Rules of source connectors that need the worker's or the connector's word. */
export function checkSource(
  values: ConfigValues,
  props: Readonly<Record<string, string>>,
  connector: SourceConnector,
  worker: WorkerConfig,
): void {
  const support = values.get('exactly.once.support');
  if (support !== undefined && chosen(support, 'required'))
    support.errors.push(...exactlyOnceErrors(props, connector, worker));
  const boundary = values.get('transaction.boundary');
  if (boundary !== undefined && chosen(boundary, 'connector'))
    boundary.errors.push(...boundaryErrors(props, connector));
}

function chosen({ value, errors }: ConfigValue, word: string): boolean {
  return errors.length === 0 && typeof value === 'string' && value.toLowerCase() === word;
}

/** What the worker lacks and what the connector lacks are both told. */
function exactlyOnceErrors(
  props: Readonly<Record<string, string>>,
  connector: SourceConnector,
  worker: WorkerConfig,
): string[] {
  const errors = worker.exactlyOnceSource ? [] : ['This worker does not have exactly-once source support enabled.'];
  try {
    const answer = connector.exactlyOnceSupport?.(props) ?? undefined;
    if (answer === undefined) errors.push(NO_API);
    else if (answer !== 'SUPPORTED') errors.push(NO_SUPPORT);
  } catch (error) {
    errors.push(unexpected(error));
  }
  return errors;
}

/** A connector that has no such method cannot define boundaries. */
function boundaryErrors(props: Readonly<Record<string, string>>, connector: SourceConnector): string[] {
  if (connector.canDefineTransactionBoundaries === undefined) return [NO_BOUNDARIES];
  try {
    const answer = connector.canDefineTransactionBoundaries(props) ?? undefined;
    if (answer === undefined) return [NULL_BOUNDARIES];
    return answer === 'SUPPORTED' ? [] : [NO_BOUNDARIES];
  } catch (error) {
    return [unexpected(error)];
  }
}

function unexpected(error: unknown): string {
  const reason = (error instanceof Error ? error.message : String(error)).trim();
  return `An unexpected error occurred during validation${reason === '' ? '' : `: ${reason}`}`;
}
