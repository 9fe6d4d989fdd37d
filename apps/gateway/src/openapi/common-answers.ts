import { MAX_BODY_BYTES, OPEN_PATHS } from '@tributary/rest-api';
import { ref } from './schemas/all-schemas.js';

const MIB = 1024 * 1024;

/** Answers that have nothing to do with what was asked for: `components.responses` by status. */
export const COMMON_ANSWERS = {
  400: answer('The request is not well-formed.'),
  406: answer('The client accepts no `application/json`.'),
  408: answer('The request took too long to arrive.'),
  413: answer(`The body is larger than ${MAX_BODY_BYTES / MIB} MiB.`),
  415: answer('The client sends something else than `application/json`, or does not say what it sends.'),
  431: answer('Path and headers are too long.'),
  500: answer('Something failed that nobody foresaw, or that the connector or Kafka is to blame for.'),
  503: answer('The service starts or stops, or too many large requests are under way; the message says which.'),
};

/** Statuses of {@link COMMON_ANSWERS} that this operation can be answered with. */
export function commonStatuses(path: string, hasBody: boolean): readonly string[] {
  const never = [
    ...(hasBody ? [] : ['408', '413']),
    ...(path === '/metrics' ? ['406'] : []),
    ...(OPEN_PATHS.includes(path) ? ['503'] : []),
  ];
  return Object.keys(COMMON_ANSWERS).filter((status) => !never.includes(status));
}

function answer(description: string) {
  return { description, content: { 'application/json': { schema: ref('ErrorBody') } } };
}
