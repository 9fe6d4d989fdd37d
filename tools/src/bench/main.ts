import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerJars, EmbeddedKafka, findJava } from '../kafka/index.js';
import { freePort } from '../process/index.js';
import { benchData } from './data/bench-data.js';
import { benchRest } from './rest/bench-rest.js';

/** What a part measures with. */
export interface Bench {
  readonly bootstrapServers: string;
  /** for input, output and logs; gone at the end */
  readonly directory: string;
}

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = { data: benchData, rest: benchRest };

/** Runs the parts that are named, all where none is, each on a broker of its own. */
export async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length === 0 ? Object.keys(PARTS) : names) {
    const part = PARTS[name];
    if (part === undefined) {
      throw new Error(`there is no part '${name}' of the benchmark; there are ${Object.keys(PARTS).join(', ')}`);
    }
    await onBroker(name, part);
  }
}

async function onBroker(name: string, part: (bench: Bench) => Promise<void>): Promise<void> {
  const java = findJava();
  if (java === undefined) throw new Error('the benchmark needs Java for the broker and the reference');
  const directory = mkdtempSync(join(tmpdir(), `tributary-bench-${name}-`));
  const ports = { port: await freePort(), controllerPort: await freePort() };
  const jars = await brokerJars();
  const kafka = await EmbeddedKafka.start({ java, jars, directory: join(directory, 'kafka'), ...ports, heapMb: 1024 });
  try {
    await part({ bootstrapServers: kafka.bootstrapServers, directory });
  } finally {
    await kafka.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}
