import type { Props } from '@tributary/connect-api';

/** One configuration per task: the connector's own and `id`, the task's number. */
export function numberedTaskConfigs(props: Props, count: number): Props[] {
  return Array.from({ length: count }, (_, id) => ({ ...props, id: String(id) }));
}
