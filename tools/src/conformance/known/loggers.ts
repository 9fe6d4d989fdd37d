import { isObject } from '../json.js';
import type { KnownDifference } from './known-difference.js';

/** Of loggers, whose names are those of the code. */
export const loggers: readonly KnownDifference[] = [
  {
    id: 'logger-names',
    covers: ({ method, path }) => method === 'GET' && path === '/admin/loggers',
    expect: ({ status, body }) => {
      if (status !== 200 || !isObject(body)) return [`the status is ${status}`];
      const odd = Object.entries(body).filter(
        ([, level]) => !isObject(level) || Object.keys(level).join() !== 'level,last_modified',
      );
      const names = Object.keys(body);
      return [
        ...odd.map(([name]) => `${name} has no level and last_modified`),
        ...(['root', 'gateway'].every((name) => names.includes(name)) ? [] : ['root or gateway is not among them']),
        ...(names.join() === names.toSorted().join() ? [] : ['the names are not in order']),
      ];
    },
  },
];
