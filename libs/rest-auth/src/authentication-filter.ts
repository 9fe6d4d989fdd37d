import type { RestExtensionContext, RestFilter } from '@tributary/connect-api';
import { RestError, sendJson, sendJsonText } from '@tributary/rest-api';
import type { BasicLogin } from './basic/basic-login.js';
import type { BearerLogin } from './bearer/bearer-login.js';
import { bearerToken } from './bearer/bearer-token.js';
import { isRead, pathOf, rememberPrincipal, type Login, type Principal } from './principal.js';

/** The reference's words. */
const NO_ACCESS = 'User cannot access the resource.';

/** How somebody may log in, at least one of them, and what needs no login. */
export interface Authentication {
  readonly basic: BasicLogin | undefined;
  readonly bearer: BearerLogin | undefined;
  readonly openPaths: readonly string[];
}

const NOBODY: Login = { problem: 'missing' };

type Request = Parameters<RestFilter>[0];
type Response = Parameters<RestFilter>[1];

/**
 * Lets only those pass who have logged in and may do what they ask for. As in the reference, what no resource would
 * answer needs no login to be told so.
 */
export function authenticationFilter(
  authentication: Authentication,
  answerUnserved: RestExtensionContext['answerUnserved'],
): RestFilter {
  return async (request, response, next) => {
    if (isOpen(authentication, request)) {
      next();
      return;
    }
    const { basic, bearer } = authentication;
    const { authorization } = request.headers;
    const byToken = bearer !== undefined && (basic === undefined || bearerToken(authorization) !== undefined);
    const login = byToken ? await bearer.login(authorization) : (basic?.login(authorization) ?? NOBODY);
    if ('principal' in login) {
      rememberPrincipal(request, { ...login.principal, by: byToken ? 'token' : 'password' });
      const reason = forbidden(login.principal, request);
      if (reason === undefined) next();
      else if (!answerUnserved(request, response)) sendError(response, new RestError(403, reason));
    } else if (login.problem === 'unchecked') {
      sendError(response, new RestError(503, 'The bearer token cannot be checked now; try again later'));
    } else if (!answerUnserved(request, response)) {
      refuse(authentication, request, response, login.problem);
    }
  };
}

function isOpen({ openPaths }: Authentication, request: Request): boolean {
  return isRead(request.method) && openPaths.includes(pathOf(request));
}

/** Why this request is not for this user; undefined where it is. */
function forbidden({ user, role }: Principal, { method }: Request): string | undefined {
  if (role === 'admin' || (role === 'read-only' && isRead(method))) return undefined;
  const who = user === undefined ? 'Somebody without a name' : `User ${user}`;
  return role === undefined
    ? `${who} has none of the roles read-only and admin`
    : `${who} may only read: ${method} needs the role admin`;
}

/** With tokens, clients are told how to log in; without, the answer is the reference's. */
function refuse(
  { bearer }: Authentication,
  { method }: Request,
  response: Response,
  problem: 'missing' | 'wrong',
): void {
  if (bearer === undefined) {
    if (method === 'OPTIONS') sendText(response, 401, NO_ACCESS);
    else sendJsonText(response, 401, NO_ACCESS);
    return;
  }
  response.setHeader('WWW-Authenticate', problem === 'wrong' ? 'Bearer error="invalid_token"' : 'Bearer');
  sendError(response, new RestError(401, NO_ACCESS));
}

/** As what a resource says of its methods is text, so is the refusal to say it. */
function sendText(response: Response, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(text) }).end(text);
}

function sendError(response: Response, { status, message }: RestError): void {
  sendJson(response, status, { error_code: status, message });
}
