import type { SourcePartition } from '@tributary/connect-api';

/** Text that is equal for partitions with the same members in the same order, and tells `1` from `1n` and `"1"`. */
export function partitionKey(partition: SourcePartition): string {
  let key = '';
  for (const name in partition) {
    const value = partition[name];
    key += `${JSON.stringify(name)}:${typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)},`;
  }
  return key;
}
