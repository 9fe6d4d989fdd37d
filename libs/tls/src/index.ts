export { jvmOnlyProperties } from './jvm-only.js';
export { SslProperties } from './ssl-properties.js';
export { clientTlsOptions } from './tls-options.js';
