/** The worker properties that have no default, and no others. */
export const MINIMAL_WORKER = {
  'bootstrap.servers': 'b:1',
  'group.id': 'g',
  'key.converter': 'K',
  'value.converter': 'V',
  'config.storage.topic': 'c',
  'offset.storage.topic': 'o',
  'status.storage.topic': 's',
};
