import type { ConfigValues, RawProps } from '@tributary/connect-api';

/** Rules of our own properties that need others too; `values` are those of our own. */
export function checkOwn(values: ConfigValues, config: RawProps): void {
  const isolation = values.get('errors.put.isolation');
  if (isolation === undefined || isolation.value !== true) return;
  const given = (name: string): string => (config[name] ?? '').trim();
  if (given('errors.tolerance').toLowerCase() !== 'all') {
    isolation.errors.push(
      'errors.put.isolation needs errors.tolerance=all: without it a record that cannot be delivered fails the task.',
    );
  }
  if (given('errors.deadletterqueue.topic.name') === '' && given('errors.log.enable').toLowerCase() !== 'true') {
    isolation.errors.push(
      'errors.put.isolation needs a place for the records that it leaves out: set errors.deadletterqueue.topic.name, or errors.log.enable=true.',
    );
  }
}
