/** Rows of docs/differences.md that take more than a request to show, and the specs that hold us to them. */
export const elsewhere: Readonly<Record<string, string>> = {
  'slow-clients': 'libs/rest-api/src/http/limits.spec.ts',
  'https-host': 'libs/rest-api/src/http/https-options.spec.ts',
  'initial-state-refused': 'apps/cluster-e2e/src/rest.e2e.spec.ts',
  'leader-change': 'apps/cluster-e2e/src/rest-trouble.e2e.spec.ts',
  'change-undecided': 'apps/gateway/src/leader-forwarder.spec.ts',
  'task-restart-unassigned': 'apps/cluster-e2e/src/rest-leader-loss.e2e.spec.ts',
  'reading-in-rebalance': 'apps/cluster-e2e/src/rest-trouble.e2e.spec.ts',
  'starting-stopping': 'libs/rest-api/src/status/startup.spec.ts',
  'patches-at-once': 'apps/cluster-e2e/src/rest-more.e2e.spec.ts',
  'offsets-after-reset': 'apps/cluster-e2e/src/rest-offsets.e2e.spec.ts',
  'offsets-after-stop': 'apps/cluster-e2e/src/rest-offsets.e2e.spec.ts',
  'own-properties': 'libs/plugins/src/validation-rules.spec.ts',
  'recovery-members': 'apps/cluster-e2e/src/restarts.e2e.spec.ts',
  'own-offsets-fallback': 'libs/kafka-storage/src/offset/source-offset-store.broker.spec.ts',
  'own-offsets-reset': 'libs/kafka-storage/src/offset/source-offset-store.broker.spec.ts',
  'interval-idle': 'libs/task-runtime/src/source/exactly-once/exactly-once.broker.spec.ts',
};
