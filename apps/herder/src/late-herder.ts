import { NotLeaderError, type Herder, type OffsetChanges, type ZombieFencing } from '@tributary/control-plane';
import type { HealthProbe } from '@tributary/rest-api';

/** What the leader does, for controllers that exist before it: its address must be known before it can be made. */
export class LateHerder {
  herder: Herder | undefined;
  offsetChanges: OffsetChanges | undefined;
  zombies: ZombieFencing | undefined;

  /** Throws a `NotLeaderError` while there is none. */
  get(): Herder {
    return made(this.herder);
  }

  /** The same for changes of offsets. */
  offsets(): OffsetChanges {
    return made(this.offsetChanges);
  }

  /** The same for the fencing of earlier tasks. */
  fencing(): ZombieFencing {
    return made(this.zombies);
  }

  /** How this process is: as it starts, then whether the herder gets on. */
  probe(startup: HealthProbe): HealthProbe {
    return { health: () => startup.health(), check: async () => this.herder?.health() };
  }
}

function made<T>(part: T | undefined): T {
  if (part === undefined) throw new NotLeaderError(undefined);
  return part;
}
