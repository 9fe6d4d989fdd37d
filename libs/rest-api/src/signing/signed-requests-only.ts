import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RestFilter } from '@tributary/connect-api';
import { RestError } from '../errors/rest-error.js';
import { REFUSED_HEADER } from '../forwarding/refusal-headers.js';
import { OPEN_PATHS } from '../http/open-paths.js';
import { pathOf } from '../http/paths.js';
import { sendJson } from '../http/send-json.js';
import { starting, type HealthProbe } from '../status/health.js';
import { RefusalLog } from './refusal-log.js';
import { signatureClaimOf, type RequestVerifier } from './request-verifier.js';
import { rememberVerified } from './verified-requests.js';

/** A body of a request that is refused is thrown away up to so many bytes; a longer one ends the connection. */
const MAX_IGNORED_BODY_BYTES = 1024 * 1024;

/**
 * Lets only requests of the cluster's own services pass, whatever their path, but for those that tell how a process is.
 * All others are answered by their heads alone: no body is read, and no topic for what has no signature.
 */
export function signedRequestsOnly(
  verifier: RequestVerifier,
  startup: HealthProbe,
  refusals = new RefusalLog(),
): RestFilter {
  return async (request, response, next) => {
    if (OPEN_PATHS.includes(pathOf(request))) {
      next();
      return;
    }
    const problem = await problemOf(request, verifier, startup);
    if (problem === undefined) {
      next();
      return;
    }
    if (problem.status === 403) refusals.add(request, problem.message);
    refuse(request, response, problem);
  };
}

async function problemOf(
  request: IncomingMessage,
  verifier: RequestVerifier,
  startup: HealthProbe,
): Promise<RestError | undefined> {
  const claim = signatureClaimOf(request);
  if (claim === undefined) return new RestError(403, 'Internal request missing required signature');
  const health = await startup.health();
  if (!health.ready) return new RestError(503, starting(health.stage).message);
  const problem = await verifier.problem(claim);
  if (problem === undefined) rememberVerified(request, claim.parts);
  return problem;
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, message }: RestError): void {
  if (status === 403) response.setHeader(REFUSED_HEADER, 'true');
  if (!(bodyLength(request) <= MAX_IGNORED_BODY_BYTES)) response.setHeader('Connection', 'close');
  sendJson(response, status, { error_code: status, message });
}

/** NaN where it is not known beforehand. */
function bodyLength({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Number.NaN;
}
