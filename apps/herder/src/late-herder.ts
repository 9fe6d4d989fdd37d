import { NotLeaderError, type Herder } from '@tributary/control-plane';

/** The herder, for controllers that exist before it: its address must be known before it can be made. */
export class LateHerder {
  herder: Herder | undefined;

  /** Throws a `NotLeaderError` while there is none. */
  get(): Herder {
    if (this.herder === undefined) throw new NotLeaderError(undefined);
    return this.herder;
  }
}
