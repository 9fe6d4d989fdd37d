/** What tools that look after processes ask: answered at any time, however it is asked. */
export const OPEN_PATHS: readonly string[] = ['/health', '/metrics', '/openapi.json'];
