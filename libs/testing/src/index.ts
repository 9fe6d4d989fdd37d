export { TestBroker } from './broker.js';
export { freePort, sleep, until } from '@tributary/tools/process';
