export { TaskExecutor, type TaskExecutorOptions } from './supervisor/task-executor.js';
export type { TaskAssignment } from './supervisor/task-supervisor.js';
export { ConnectorTools, type ConnectorToolsOptions } from './tools/connector-tools.js';
export type { LetterRange, RedriveRequest } from './redrive/redrive-request.js';
export type { RedriveReport } from './redrive/redrive-report.js';
export type { GivenData, GivenRecord, PreviewRequest, TopicSample } from './preview/preview-request.js';
