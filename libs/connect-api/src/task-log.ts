/** Where a task tells the operator something that is no error: a few lines in its life, never one per record. No secrets. */
export interface TaskLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
