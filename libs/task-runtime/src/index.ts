export { TaskExecutor, type TaskExecutorOptions } from './supervisor/task-executor.js';
export { TaskSupervisor, type TaskAssignment, type TaskSupervisorOptions } from './supervisor/task-supervisor.js';
