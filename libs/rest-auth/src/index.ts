export { auditFilter } from './audit/audit-filter.js';
export { AuthenticationExtension } from './authentication-extension.js';
