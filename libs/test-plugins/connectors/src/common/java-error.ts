import { ConnectError } from '@tributary/connect-api';

/** Thrown where the reference's connector fails with a class of its Java library: traces then begin with that name. */
export class JavaError extends ConnectError {
  constructor(
    override readonly referenceClass: string,
    message: string,
  ) {
    super(message);
  }
}
