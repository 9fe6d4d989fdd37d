export { TestBroker } from './broker.js';
export { MINIMAL_WORKER } from './minimal-worker.js';
export { exchange, Relay } from './relay.js';
export { keytool, TestAuthority, whyNoCertificates, whyNoKeytool, type TestCertificate } from './test-authority.js';
export { freePort, sleep, until } from '@tributary/tools/process';
