/** How the names of all query parameters begin that the services say to each other. */
const INNER = 'tributary-';

/** In the query of a forwarded request: `true` where passwords that the client has not changed may be masked. */
export const MASKS_PARAMETER = `${INNER}masks`;

/** A request's path, query included, that says so to the leader. */
export function withMasks(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${MASKS_PARAMETER}=true`;
}

/** The path as a client sent it, without query parameters that only services may use. */
export function withoutInnerParameters(path: string): string {
  const at = path.indexOf('?');
  if (at < 0) return path;
  const parameters = path.slice(at + 1).split('&');
  const clients = parameters.filter((parameter) => !isInner(parameter));
  if (clients.length === parameters.length) return path;
  return clients.length === 0 ? path.slice(0, at) : `${path.slice(0, at)}?${clients.join('&')}`;
}

function isInner(parameter: string): boolean {
  return [...new URLSearchParams(parameter).keys()].some((name) => name.startsWith(INNER));
}
