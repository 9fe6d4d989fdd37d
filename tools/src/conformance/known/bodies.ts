import { isObject, mapObjects } from '../json.js';
import type { Step } from '../step.js';
import { expectError, messageOf, type KnownDifference } from './known-difference.js';

/** How the texts begin with which a Java parser, or nothing at all, answers for a body. */
const PARSER =
  /^(Cannot (invoke|coerce|construct|deserialize)|No content to map|Unexpected (character|end-of-input|close marker)|Unrecognized (token|field|character escape)|Trailing token|Non-standard token|Document nesting|Invalid (numeric value|UTF-8)|Illegal unquoted|Input mismatch|Incomplete|Duplicate|Illegal null or empty Level)/;

const bytesOf = ({ body }: Step): Buffer => (typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0)));

function isNoUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return bytes.includes(0);
  } catch {
    return true;
  }
}

const LARGEST = 16 * 1024 * 1024;

/** Whether the body is an object: what a patch of a configuration has to be even for a connector that does not exist. */
function isJsonObject(bytes: Buffer): boolean {
  try {
    return isObject(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')));
  } catch {
    return false;
  }
}

/** Of bodies that cannot be read. */
export const bodies: readonly KnownDifference[] = [
  {
    id: 'body-too-large',
    covers: (step) => bytesOf(step).length > LARGEST,
    expect: (here) => expectError(here, 413),
  },
  {
    id: 'body-untyped',
    covers: ({ path, method, headers, ...step }, _reference, here) =>
      headers !== undefined &&
      headers['content-type'] === null &&
      here.status === 415 &&
      bytesOf({ path, method, ...step }).length > 0,
    expect: (here) => expectError(here, 415),
  },
  {
    id: 'property-proto',
    covers: (step) => bytesOf(step).includes('"__proto__"') || step.path.startsWith('/connectors/with-proto'),
    expect: (here, _reference, { method }) =>
      method === 'PUT' ? expectError(here, 400, /__proto__/) : expectError(here, 404),
  },
  {
    id: 'body-not-utf8',
    covers: (step) => Buffer.isBuffer(step.body) && isNoUtf8(step.body),
    expect: (here) => expectError(here, 400, /UTF-8|not valid JSON/),
  },
  {
    id: 'logger-level-empty',
    covers: (_step, reference) => messageOf(reference) === 'Illegal null or empty Level name.',
    expect: (here) => expectError(here, 404, /^invalid log level ''\.$/),
  },
  {
    id: 'body-shape',
    covers: (step, reference) =>
      (reference.status === 500 && PARSER.test(messageOf(reference))) ||
      (step.method === 'PATCH' && reference.status === 404 && !isJsonObject(bytesOf(step))),
    expect: (here) => expectError(here, 400),
  },
  {
    id: 'property-null',
    covers: (step) => /:\s*null/.test(bytesOf(step).toString('utf8')) || ['GET', 'PUT', 'POST'].includes(step.method),
    rewrite: (answer) => ({
      ...answer,
      body: mapObjects(answer.body, (object) =>
        typeof object['connector.class'] === 'string'
          ? Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
          : object,
      ),
    }),
  },
];
