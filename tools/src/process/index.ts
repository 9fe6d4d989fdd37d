export { Child, type ChildOptions, type Exit } from './child.js';
export { freePort, portIsFree } from './free-port.js';
export { answersHealthy } from './answers-healthy.js';
export { healthTls } from './health-tls.js';
export { sleep, until } from './until.js';
