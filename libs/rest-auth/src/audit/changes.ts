/** The words for what a request changes, by method and path; the connector stands in the first group. */
const CHANGES: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['POST', /^\/connectors\/?$/, 'create connector'],
  ['DELETE', /^\/connectors\/([^/]+)\/?$/, 'delete connector'],
  ['PUT', /^\/connectors\/([^/]+)\/config\/?$/, 'configure connector'],
  ['PATCH', /^\/connectors\/([^/]+)\/config\/?$/, 'patch configuration'],
  ['PUT', /^\/connectors\/([^/]+)\/pause\/?$/, 'pause connector'],
  ['PUT', /^\/connectors\/([^/]+)\/resume\/?$/, 'resume connector'],
  ['PUT', /^\/connectors\/([^/]+)\/stop\/?$/, 'stop connector'],
  ['POST', /^\/connectors\/([^/]+)\/restart\/?$/, 'restart connector'],
  ['POST', /^\/connectors\/([^/]+)\/tasks\/[^/]+\/restart\/?$/, 'restart task'],
  ['PATCH', /^\/connectors\/([^/]+)\/offsets\/?$/, 'alter offsets'],
  ['DELETE', /^\/connectors\/([^/]+)\/offsets\/?$/, 'reset offsets'],
  ['PUT', /^\/connectors\/([^/]+)\/topics\/reset\/?$/, 'reset topics'],
  ['POST', /^\/connectors\/([^/]+)\/preview\/?$/, 'preview records'],
  ['POST', /^\/connectors\/([^/]+)\/dlq\/redrive\/?$/, 'redrive dead letters'],
  ['PUT', /^\/admin\/loggers\/[^/]+\/?$/, 'set log level'],
];

/** Sent with PUT, but changes nothing. */
const VALIDATION = /^\/connector-plugins\/[^/]+\/config\/validate\/?$/;

export interface Change {
  readonly action: string;
  /** undefined where the path names none */
  readonly connector: string | undefined;
}

/** What a request that is no read changes; undefined for a validation. */
export function changeIn(method: string, path: string): Change | undefined {
  if (method === 'PUT' && VALIDATION.test(path)) return undefined;
  for (const [itsMethod, pattern, action] of CHANGES) {
    const match = itsMethod === method ? pattern.exec(path) : null;
    if (match !== null) return { action, connector: match[1] === undefined ? undefined : decoded(match[1]) };
  }
  return { action: 'other', connector: undefined };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
