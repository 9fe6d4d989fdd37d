import type { TestProject } from 'vitest/node';
import { TestBroker } from '../dist/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of the broker that all specs of a run share */
    bootstrapServers: string;
  }
}

/** One broker for the whole run, or the one that TRIBUTARY_TEST_BOOTSTRAP names. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const existing = process.env.TRIBUTARY_TEST_BOOTSTRAP;
  if (existing !== undefined) {
    project.provide('bootstrapServers', existing);
    return undefined;
  }
  const broker = await TestBroker.start();
  project.provide('bootstrapServers', broker.bootstrapServers);
  return () => broker.dispose();
}
