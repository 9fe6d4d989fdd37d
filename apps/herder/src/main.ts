import { runService } from '@tributary/rest-api';
import { startHerder } from './herder.js';

await runService('herder', startHerder);
