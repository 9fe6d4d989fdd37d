export { httpsJvmOnlyProperties, jvmOnlyProperties, notMentionedYet } from './jvm-only.js';
export { SslProperties } from './ssl-properties.js';
export { clientTlsOptions } from './tls-options.js';
export { httpsClientOptions } from './https/client-options.js';
export { httpsServerOptions, type HttpsServerOptions } from './https/server-options.js';
export { StoreFiles } from './https/store-files.js';
export { tlsFaultOf } from './https/tls-fault.js';
