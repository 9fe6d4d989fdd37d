import { runService } from '@tributary/rest-api';
import { startExecutor } from './executor.js';

await runService('task-executor', startExecutor);
