import type { TaskId } from './task-id.js';

/** What membership needs of the config store. */
export interface ClusterView {
  snapshot(): { readonly offset: number; connectors(): readonly string[]; tasks(name: string): readonly TaskId[] };
  refresh(): Promise<void>;
  subscribe(listener: { connectorRemoved(name: string): void; taskConfigsChanged(name: string): void }): () => void;
}

export function configuredTasks(view: ClusterView): TaskId[] {
  const snapshot = view.snapshot();
  return snapshot.connectors().flatMap((name) => snapshot.tasks(name));
}
