import {
  CONNECT_VERSION,
  type ConfigDef,
  type ConnectRecord,
  type Predicate,
  type Props,
  type Transformation,
} from '@tributary/connect-api';

/** The Java package that the class names of the built-in transformations are in. */
export const PACKAGE = 'org.apache.kafka.connect.transforms';

/** What all built-in transformations share. `configure` comes once, before the first record. */
export abstract class BuiltInTransformation implements Transformation {
  version(): string {
    return CONNECT_VERSION;
  }
  abstract config(): ConfigDef;
  abstract configure(configs: Props): void;
  abstract apply<R extends ConnectRecord>(record: R): R | null;
}

/** What all built-in predicates share. */
export abstract class BuiltInPredicate implements Predicate {
  version(): string {
    return CONNECT_VERSION;
  }
  abstract config(): ConfigDef;
  abstract configure(configs: Props): void;
  abstract test(record: ConnectRecord): boolean;
}
