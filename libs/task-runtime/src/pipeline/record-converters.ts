import type { Converter, HeaderConverter } from '@tributary/connect-api';

/** A plugin instance with the class name by which errors and statuses call it. */
export interface Named<T> {
  readonly className: string;
  readonly instance: T;
}

/** The three converters of a task. */
export interface RecordConverters {
  readonly key: Named<Converter>;
  readonly value: Named<Converter>;
  readonly header: Named<HeaderConverter>;
}
