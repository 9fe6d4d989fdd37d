import { runService } from '@tributary/rest-api';
import { startGateway } from './gateway.js';

await runService('gateway', startGateway);
