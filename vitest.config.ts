import { defineConfig } from 'vitest/config';

const specs = (suffix: string) =>
  ['libs/**/src/**', 'apps/**/src/**', 'tools/src/**', 'examples/*/src/**'].map((dir) => `${dir}/*${suffix}`);
const never = ['**/node_modules/**', '**/dist/**'];

/**
 * unit: nothing but the code; files share a process, as starting one for each took twice the time of the tests.
 * broker: against one real Kafka that all files share, with topics and groups of their own; they wait much, so three run at a time.
 * e2e: real processes, killed and restarted; each file has a broker of its own; three run at a time, as they wait for sessions to end.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // For a machine that has much else to do: threads are started, files are watched.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          include: specs('.spec.ts'),
          exclude: [...never, ...specs('.broker.spec.ts'), ...specs('.e2e.spec.ts')],
        },
      },
      {
        test: {
          name: 'broker',
          sequence: { groupOrder: 1 },
          include: specs('.broker.spec.ts'),
          exclude: never,
          globalSetup: ['libs/testing/src/shared-broker.setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 20_000 } },
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: specs('.e2e.spec.ts'),
          exclude: never,
          maxWorkers: 3,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
