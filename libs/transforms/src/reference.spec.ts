import { referenceClassOf, type ConnectRecord, type Predicate, type Transformation } from '@tributary/connect-api';
import { describe, expect, it } from 'vitest';
import { plugins } from './index.js';
import { describedRecord } from './testing/described.js';
import { givenRecord } from './testing/given-record.js';
import { vectors, type Change, type Failure } from './testing/vector.js';

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

function failure(error: unknown): Failure {
  return { error: referenceClassOf(error), message: error instanceof Error ? error.message : String(error) };
}

/** What becomes of one record, in the words of the vectors. */
function change(instance: AnyPlugin, r: number): Change {
  const record = records[r];
  if (record === undefined) throw new Error(`There is no record ${r}`);
  try {
    if ('test' in instance) return { r, test: instance.test(record) };
    const result = instance.apply(record);
    return result === null ? { r, dropped: true } : { r, ...differences(record, result) };
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

describe('transformations compared with the reference', () => {
  const names = [...new Set(vectors('apply').map((vector) => vector.class))];
  it.each(names)('%s makes of every record what the reference makes of it', (name) => {
    for (const vector of vectors('apply').filter((each) => each.class === name)) {
      const instance = plugin(name);
      instance.configure(vector.config);
      for (const expected of vector.out) {
        const found = change(instance, expected.r);
        // What Java's dates can hold and JavaScript's cannot is refused.
        if (found.message?.endsWith('beyond what a Date can hold') === true) {
          expect(JSON.stringify(expected)).toMatch(/ date-?\d{16,}/);
        } else {
          expect(comparable(found), JSON.stringify(vector.config)).toEqual(comparable(expected));
        }
      }
    }
  });

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
