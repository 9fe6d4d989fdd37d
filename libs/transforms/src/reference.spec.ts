import { referenceClassOf, type ConnectRecord, type Predicate, type Transformation } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { plugins } from './index.js';
import { describedRecord } from './testing/described.js';
import { givenRecord } from './testing/given-record.js';
import { vectors, type ApplyVector, type Change, type Failure, type Step } from './testing/vector.js';

const PACKAGE = 'org.apache.kafka.connect.transforms.';
/** The reference says nothing of use for these. */
const SILENT = ['java.lang.NullPointerException', 'java.lang.ClassCastException'];

const records = vectors('record').map(givenRecord);

type AnyPlugin = Transformation | Predicate;

function plugin(name: string): AnyPlugin {
  const found = [...(plugins.transformations ?? []), ...(plugins.predicates ?? [])].find(
    ({ className }) => className === PACKAGE + name,
  );
  if (found === undefined) throw new Error(`There is no ${name}`);
  return new found();
}

function configured({ class: name, config }: Step): AnyPlugin {
  const instance = plugin(name);
  instance.configure(config);
  return instance;
}

function failure(error: unknown): Failure {
  return { error: referenceClassOf(error), message: error instanceof Error ? error.message : String(error) };
}

/** What becomes of one record, in the words of the vectors. */
function change(steps: readonly AnyPlugin[], r: number): Change {
  const record = records[r];
  if (record === undefined) throw new Error(`There is no record ${r}`);
  let current = record;
  try {
    for (const step of steps) {
      if ('test' in step) return { r, test: step.test(current) };
      const next = step.apply(current);
      if (next === null) return { r, dropped: true };
      current = next;
    }
    return { r, ...differences(record, current) };
  } catch (error) {
    return { r, ...failure(error) };
  }
}

function differences(before: ConnectRecord, after: ConnectRecord): Partial<Change> {
  const [old, now] = [describedRecord(before), describedRecord(after)];
  const parts = ['topic', 'key', 'value', 'headers'] as const;
  return Object.fromEntries(parts.filter((part) => old[part] !== now[part]).map((part) => [part, now[part]]));
}

/** Leaves out what differs by nature: messages of the Java runtime, what regular expressions say, all of a record's text. */
function comparable<T extends Partial<Failure>>(outcome: T): T {
  const message = SILENT.includes(outcome.error ?? '')
    ? ''
    : outcome.message
        ?.replace(/Timestamp missing on record: .*/s, 'Timestamp missing')
        .replace(/Invalid regex: .*/s, '');
  return { ...outcome, message };
}

/** Of numbers without schema we know integers from doubles alone, so that those that a Cast has made have longer names here. */
function withOneNumberType(outcome: Change): Change {
  const message = outcome.message?.replace(/java\.lang\.(Byte|Short|Integer)$/, 'java.lang.Long');
  return { ...outcome, message: message?.replace(/java\.lang\.Float$/, 'java.lang.Double') };
}

function expectSame({ steps, out }: ApplyVector): void {
  const instances = steps.map(configured);
  const casts = steps.length > 1 && steps.some((step) => step.class.startsWith('Cast$'));
  const same = (outcome: Change) => comparable(casts ? withOneNumberType(outcome) : outcome);
  for (const expected of out) {
    const found = change(instances, expected.r);
    // What Java's dates can hold and JavaScript's cannot is refused; in a chain the date may be gone at the end.
    if (found.message?.endsWith('beyond what a Date can hold') === true) {
      if (steps.length === 1) expect(JSON.stringify(expected)).toMatch(/date-?\d{16,}/);
    } else {
      expect(same(found), JSON.stringify(steps)).toEqual(same(expected));
    }
  }
}

describe('transformations compared with the reference', () => {
  const alone = vectors('apply').filter(({ steps }) => steps.length === 1);
  const names = [...new Set(alone.map(({ steps }) => steps[0]?.class ?? ''))];
  it.each(names)('%s makes of every record what the reference makes of it', (name) => {
    for (const vector of alone) if (vector.steps[0]?.class === name) expectSame(vector);
  });

  const chains = vectors('apply').filter(({ steps }) => steps.length > 1);
  it.each(chains.map((chain, n) => [n, chain.steps.map((step) => step.class).join(', '), chain] as const))(
    'chain %i of %s makes of every record what the reference makes of it',
    (_n, _names, chain) => expectSame(chain),
  );

  it.each(vectors('config').map((vector) => [vector.class, JSON.stringify(vector.config), vector] as const))(
    '%s refuses of %s what the reference refuses',
    (name, _config, { config, errors, error, message }) => {
      const instance = plugin(name);
      const withoutReasons = (texts: readonly string[]) => texts.map((text) => text.replace(/Invalid regex: .*/s, ''));
      const found = [...instance.config().validateAll(config).values()].filter((value) => value.errors.length > 0);
      expect(Object.fromEntries(found.map((value) => [value.name, withoutReasons(value.errors)]))).toEqual(
        Object.fromEntries(Object.entries(errors).map(([key, texts]) => [key, withoutReasons(texts)])),
      );
      let outcome: Partial<Failure> = {};
      try {
        instance.configure(config);
      } catch (thrown) {
        outcome = failure(thrown);
      }
      expect(comparable(outcome)).toEqual(comparable({ ...(error === undefined ? {} : { error }), message }));
    },
  );
});
