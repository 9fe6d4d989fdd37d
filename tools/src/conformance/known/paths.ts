import { isObject } from '../json.js';
import type { Seen } from '../seen.js';
import type { Step } from '../step.js';
import { expectError, isHtml, messageOf, type KnownDifference } from './known-difference.js';

/** A `%` without two hex digits, escapes that are no UTF-8, or bytes that no path may have. */
export function isMalformed(path: string): boolean {
  try {
    decodeURIComponent(path);
  } catch {
    return true;
  }
  return /[^!-~]/.test(path) || !/^(\/|\*|http:)/.test(path);
}

const refused = (reference: Seen, status = 400): boolean => reference.status === status && isRefusedEarly(reference);

/** Jetty refuses before any resource sees it: with a page, of which HEAD and some others get nothing. */
const isRefusedEarly = (reference: Seen) => isHtml(reference) || reference.headers['cache-control'] !== undefined;

/** The connector, plugin or logger that the path names. */
function nameIn(path: string): string | undefined {
  const encoded = /^\/(?:connectors|connector-plugins|admin\/loggers)\/([^/?]+)/.exec(path)?.[1];
  return encoded === undefined || isMalformed(path) ? encoded : decodeURIComponent(encoded);
}

/** What is there for a name that is nothing special: 404, the (empty) topics, or what was made under it. */
function expectOrdinary(here: Seen, { method, path }: Step): string[] {
  const name = nameIn(path) ?? '';
  if (path.endsWith('/topics')) {
    return here.status === 200 && isObject(here.body) && isObject(here.body[name]) ? [] : [`no topics of ${name}`];
  }
  if ([200, 201].includes(here.status)) {
    return isObject(here.body) && [here.body.name, isObject(here.body) && here.body.name].includes(name)
      ? []
      : [`not ${name}`];
  }
  if (here.status === 204) return method === 'DELETE' ? [] : ['204'];
  const problems = expectError(here, 404);
  return problems.length === 0 && !messageOf(here).includes(name) ? [`the message does not name ${name}`] : problems;
}

const MEDIA = 'content-type';
const WILDCARDS: readonly unknown[] = ['*/*', 'application/*'];

/** Of paths and headers that the reference's server refuses, reads in its own way or finds too long. */
export const paths: readonly KnownDifference[] = [
  {
    id: 'content-type-wildcard',
    covers: ({ headers }) => WILDCARDS.includes(headers?.[MEDIA]),
    expect: (here) => expectError(here, 415),
  },
  {
    id: 'content-type-malformed',
    covers: ({ headers }, reference) => headers?.[MEDIA] !== undefined && refused(reference),
    expect: (here, _reference, { method, path }) => {
      if (path === '/' || path === '/health') return here.status === 200 ? [] : [`the status is ${here.status}`];
      if (path === '/nothing') return expectError(here, 404);
      return expectError(here, method === 'POST' && path.endsWith('/status') ? 405 : 415);
    },
  },
  {
    id: 'malformed-requests',
    covers: ({ path, headers = {} }, reference) =>
      refused(reference) &&
      (isMalformed(path) || [null, 'abc', '-1'].some((odd) => Object.values(headers).includes(odd))),
    expect: (here) => expectError(here, 400),
  },
  {
    id: 'empty-segments',
    covers: ({ path }, reference) =>
      refused(reference) && (path.includes('//') || path.includes('/;')) && !path.startsWith('http'),
    expect: (here, _reference, step) =>
      step.path.includes('//') || step.path.includes('/;x=1/') ? expectError(here, 404) : expectOrdinary(here, step),
  },
  {
    id: 'request-targets',
    covers: ({ path, headers = {} }, reference) =>
      refused(reference) && (/^(http:|\*)/.test(path) || 'host' in headers),
    expect: (here) => expectError(here, 404),
  },
  {
    id: 'names-in-paths',
    covers: ({ path }, reference) => refused(reference) && nameIn(path) !== undefined,
    expect: (here, _reference, step) =>
      step.path.endsWith('/config') &&
      here.status === 200 &&
      isObject(here.body) &&
      here.body['connector.class'] !== undefined
        ? []
        : expectOrdinary(here, step),
  },
  {
    id: 'names-in-paths',
    covers: ({ method, path, body }, reference) =>
      method === 'POST' &&
      path === '/connectors' &&
      reference.status === 201 &&
      /^\{"name":"[^"]*[/%]/.test(String(body)),
    rewrite: (answer) => ({ ...answer, headers: { ...answer.headers, location: 'LOCATION' } }),
  },
  {
    id: 'matrix-parameters',
    covers: ({ path }) => path.includes(';'),
    expect: (here, _reference, step) =>
      messageOf(here) === 'HTTP 404 Not Found' ? expectError(here, 404) : expectOrdinary(here, step),
  },
  {
    id: 'long-paths',
    covers: (_step, reference) => refused(reference, 414) || refused(reference, 431),
    expect: (here) => expectError(here, 404),
  },
];
