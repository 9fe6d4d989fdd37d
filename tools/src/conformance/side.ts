import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchange, ReferenceWorker, TributaryCluster, type Exchanged } from '../cluster/index.js';
import { FOLDER, SIDE, type Step } from './step.js';

/** One of the two that are compared. */
export class Side {
  constructor(
    readonly name: 'reference' | 'tributary',
    readonly url: string,
    /** what it writes goes there */
    readonly folder: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** What stands for the side in names, and its group; as long on one as on the other, so that nothing else differs. */
  get token(): string {
    return tokenOf(this.name);
  }

  /** Sends a request; an answer with status 0 tells that there was none. */
  async send({ method, path, body, headers }: Step): Promise<Exchanged> {
    const bytes = typeof body === 'string' ? this.put(body) : body;
    try {
      return await exchange(this.url, method, this.put(path), bytes, headers);
    } catch (error) {
      return { status: 0, headers: {}, text: (error as Error).message };
    }
  }

  /** Puts the side's own names in. */
  private put(text: string): string {
    return text.replaceAll(SIDE, this.token).replaceAll(FOLDER, this.folder);
  }

  /** Takes them out again, and the address. */
  withoutNames(text: string): string {
    return text
      .replaceAll(this.token, SIDE)
      .replaceAll(this.folder, FOLDER)
      .replaceAll(this.url, 'http://HOST')
      .replaceAll(new URL(this.url).host, 'HOST');
  }
}

const tokenOf = (name: string) => `at-${name}`;

export interface Sides {
  readonly reference: Side;
  readonly tributary: Side;
}

/** Worker properties of both. */
const PROPERTIES = {
  'offset.flush.interval.ms': '500',
  'access.control.allow.origin': 'http://a.example,http://.*[.]b.example',
  'access.control.allow.methods': 'GET,PUT,DELETE',
  'response.http.headers.config': 'set X-Frame-Options:DENY, add X-Seen:1',
  'config.providers': 'env',
  'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
};

/** Starts the reference and a cluster of ours on one broker, each with topics and a group of its own. */
export async function startSides(bootstrapServers: string, directory: string): Promise<Sides> {
  const optionsOf = (name: string) => {
    const folder = join(directory, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'in.txt'), 'one\ntwo\nthree\n');
    return { bootstrapServers, directory: folder, name: tokenOf(name), properties: PROPERTIES };
  };
  const reference = optionsOf('reference');
  const tributary = optionsOf('tributary');
  const [worker, cluster] = await Promise.allSettled([
    ReferenceWorker.start(reference),
    TributaryCluster.start(tributary),
  ]);
  if (worker.status === 'rejected' || cluster.status === 'rejected') {
    if (worker.status === 'fulfilled') await worker.value.stop();
    if (cluster.status === 'fulfilled') await cluster.value.stop();
    throw worker.status === 'rejected' ? worker.reason : (cluster as PromiseRejectedResult).reason;
  }
  return {
    reference: new Side('reference', worker.value.url, reference.directory, () => worker.value.stop()),
    tributary: new Side('tributary', cluster.value.client.baseUrl, tributary.directory, () => cluster.value.stop()),
  };
}
