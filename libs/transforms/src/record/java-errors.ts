import { ConnectError } from '@tributary/connect-api';

/*
 * What the reference throws where it does not foresee a mistake: the class is what scripts see in traces and dead-letter
 * headers, the messages are ours where Java's tell nothing.
 */

/** Thrown when a record has not what the configuration names. */
export class IllegalArgumentError extends ConnectError {
  override readonly referenceClass = 'java.lang.IllegalArgumentException';
}

/** Thrown when something is null that must be there. */
export class NullPointerError extends ConnectError {
  override readonly referenceClass = 'java.lang.NullPointerException';
}

/** Thrown when a replacement names a group that its expression does not have. */
export class IndexOutOfBoundsError extends ConnectError {
  override readonly referenceClass = 'java.lang.IndexOutOfBoundsException';
}

/** Thrown when a value is of a type that cannot be used as another. */
export class ClassCastError extends ConnectError {
  override readonly referenceClass = 'java.lang.ClassCastException';
}

/** Thrown when a text is no date of the wanted form; told as the cause of what the transformation throws. */
export class ParseError extends ConnectError {
  override readonly referenceClass = 'java.text.ParseException';
}
