import { logLevel, type LogLevel } from '@tributary/observability';
import { RestError } from '../errors/rest-error.js';
import { configFrom, type JsonNode } from './parse-json.js';

/** Reads the body of `PUT /admin/loggers/L`: `{"level":"DEBUG"}`, in any case, blanks around it do not count; other members are ignored. */
export function loggerLevelFrom(node: JsonNode): LogLevel {
  const { level: text } = configFrom(node, 'The request body');
  if (text === undefined || text === null) {
    throw new RestError(400, "Desired 'level' parameter was not specified in request.");
  }
  const level = logLevel(text.trim());
  if (level === undefined) throw new RestError(404, `invalid log level '${text}'.`);
  return level;
}
