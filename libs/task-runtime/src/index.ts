export { TaskExecutor, type TaskExecutorOptions } from './supervisor/task-executor.js';
export type { TaskAssignment } from './supervisor/task-supervisor.js';
