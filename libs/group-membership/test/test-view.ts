import type { ClusterView } from '../src/cluster-view.js';
import type { TaskId } from '../src/task-id.js';

/** A config topic and its views: each member sees it as far as it has read. */
export class TestTopic {
  readonly versions: ReadonlyMap<string, number>[] = [new Map()];
  private readonly views = new Set<TestView>();

  get offset(): number {
    return this.versions.length - 1;
  }

  /** From now on a connector has so many tasks. Views that follow see it at once. */
  set(connector: string, tasks: number): void {
    this.versions.push(new Map(this.versions.at(-1)).set(connector, tasks));
    for (const view of this.views) if (view.follows) view.read();
  }

  view(follows = true): TestView {
    const view = new TestView(this, follows);
    this.views.add(view);
    return view;
  }
}

export class TestView implements ClusterView {
  private readonly listeners = new Set<{ taskConfigsChanged(name: string): void }>();
  private reached: number;
  refreshes = 0;

  constructor(
    private readonly topic: TestTopic,
    public follows: boolean,
  ) {
    this.reached = topic.offset;
  }

  snapshot() {
    const tasks = this.topic.versions[this.reached] ?? new Map<string, number>();
    return {
      offset: this.reached,
      connectors: () => [...tasks.keys()],
      tasks: (connector: string): TaskId[] =>
        Array.from({ length: tasks.get(connector) ?? 0 }, (_, task) => ({ connector, task })),
    };
  }

  read(): void {
    this.reached = this.topic.offset;
    for (const listener of this.listeners) listener.taskConfigsChanged('');
  }

  async refresh(): Promise<void> {
    this.refreshes++;
    this.read();
  }

  subscribe(listener: { taskConfigsChanged(name: string): void }): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
