import type { Props } from '@tributary/connect-api';

/** The version that the reference's integration test connectors have. */
export const TESTABLE_VERSION = 'some great version';

/** One configuration per task: the connector's own, `connector.name` and `task.id`, which is `<connector name>-<number>`. */
export function namedTaskConfigs(props: Props, count: number): Props[] {
  const name = props['name'] ?? '';
  return Array.from({ length: count }, (_, id) => ({ ...props, 'connector.name': name, 'task.id': `${name}-${id}` }));
}
