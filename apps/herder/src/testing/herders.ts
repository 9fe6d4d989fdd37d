import { WorkerConfig, type AdvertisedAddress } from '@tributary/config-schemas';
import { NotLeaderError, type Herder } from '@tributary/control-plane';
import { InternalClient, listenInternally, ServiceApp, SessionKeys, Startup } from '@tributary/rest-api';
import { keyOf, KeyTopic } from '@tributary/rest-api/testing';
import type { DynamicModule } from '@nestjs/common';
import { herderModule } from '../herder.module.js';
import { LateHerder } from '../late-herder.js';
import { LeaderRelay } from '../leader-relay.js';
import { TaskRestarter } from '../task-restarter.js';
import { ToolRequests } from '../tool-requests.js';

const PROPERTIES = {
  'bootstrap.servers': 'b:1',
  'group.id': 'g',
  'key.converter': 'K',
  'value.converter': 'V',
  'config.storage.topic': 'c',
  'offset.storage.topic': 'o',
  'status.storage.topic': 's',
  'herder.listeners': 'http://127.0.0.1:0',
};

export const config = WorkerConfig.parse(PROPERTIES, 'herder', () => undefined);

/** A herder that does not lead, and takes the one at `leaderUrl` for the leader. */
export class Following extends LateHerder {
  /** how often it was asked to do what only the leader does */
  asked = 0;
  leaderUrl: string | undefined;

  override get(): Herder {
    this.asked += 1;
    throw new NotLeaderError(this.leaderUrl);
  }
}

/** The HTTP side of herders that share a session key, in this process. */
export class Herders {
  readonly keys = new SessionKeys(new KeyTopic(keyOf('the key of the cluster')));
  readonly client = new InternalClient(this.keys);
  private readonly apps: ServiceApp[] = [];

  moduleOf(herder: LateHerder): DynamicModule {
    return herderModule({
      probe: new Startup('beginning'),
      herder,
      tasks: new TaskRestarter(herder, this.client),
      tools: new ToolRequests(herder, this.client),
      leader: new LeaderRelay(this.client),
    });
  }

  /** Listens as a herder does, by these keys. */
  async serve(module: DynamicModule, keys = this.keys): Promise<AdvertisedAddress> {
    const startup = new Startup('beginning');
    startup.finish();
    const app = await ServiceApp.create(module);
    this.apps.push(app);
    return listenInternally(app, config, keys, startup);
  }

  async close(): Promise<void> {
    this.client.close();
    await Promise.all(this.apps.map((app) => app.close(0)));
  }
}
