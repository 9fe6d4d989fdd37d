/** In the query of a forwarded change: `true` where passwords that the client has not changed may be masked. */
export const MASKS_PARAMETER = 'tributary-masks';

/** A request's path, query included, that says so to the leader. */
export function withMasks(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${MASKS_PARAMETER}=true`;
}
