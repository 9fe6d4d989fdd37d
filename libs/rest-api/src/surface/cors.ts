import { ConfigError, javaRegExp } from '@tributary/connect-api';

/** What the answers to a request from a browser carry. */
export interface CorsRequest {
  readonly method: string;
  readonly origin: string | undefined;
  /** `Access-Control-Request-Method`: the request is a preflight */
  readonly requestedMethod: string | undefined;
}

/** Until when a browser may believe a preflight's answer, seconds; the reference's. */
const MAX_AGE_SECONDS = '60';

/**
 * Which web pages may use the API, as `access.control.allow.origin` and `.methods` say. Each origin is `*` or a regular
 * expression that must match the whole of it. Other origins are served too; it is the browser that keeps the answer from
 * them, as it misses the header.
 */
export class Cors {
  private readonly origins: readonly (RegExp | '*')[];

  /** Throws a ConfigError for an origin that is no regular expression. */
  constructor(
    origins: string,
    private readonly methods: string,
  ) {
    this.origins = itemsOf(origins).map(patternOf);
  }

  headersFor({ method, origin, requestedMethod }: CorsRequest): readonly [name: string, value: string][] {
    if (this.origins.length === 0) return [];
    const vary: [string, string] = ['Vary', 'Origin'];
    if (origin === undefined || !this.allows(origin)) return [vary];
    const allowed: [string, string][] = [vary, ['Access-Control-Allow-Origin', origin]];
    if (method !== 'OPTIONS' || requestedMethod === undefined) return allowed;
    const methods = itemsOf(this.methods);
    return [
      ...allowed,
      ['Access-Control-Allow-Methods', methods.length === 0 ? 'GET,POST,HEAD' : methods.join(',')],
      ['Access-Control-Allow-Headers', 'Content-Type'],
      ['Access-Control-Max-Age', MAX_AGE_SECONDS],
    ];
  }

  /** A browser may name several origins after redirects. */
  private allows(origin: string): boolean {
    return origin
      .split(' ')
      .some((each) => this.origins.some((pattern) => pattern === '*' || (each !== '' && pattern.test(each))));
  }
}

function itemsOf(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function patternOf(origin: string): RegExp | '*' {
  if (origin === '*') return '*';
  try {
    return javaRegExp(origin, { whole: true });
  } catch (cause) {
    throw new ConfigError(
      `Invalid value ${origin} for configuration access.control.allow.origin: it must be * or a regular expression`,
      { cause },
    );
  }
}
