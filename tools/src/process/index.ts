export { Child, type ChildOptions, type Exit } from './child.js';
export { freePort, portIsFree } from './free-port.js';
export { sleep, until } from './until.js';
