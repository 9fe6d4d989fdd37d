import { answers } from './answers.js';
import { bodies } from './bodies.js';
import { connectors } from './connectors.js';
import type { KnownDifference } from './known-difference.js';
import { loggers } from './loggers.js';
import { paths } from './paths.js';
import { validation } from './validation.js';

/** Every row of docs/differences.md that requests can show; the first that covers an answer decides. */
export const knownDifferences: readonly KnownDifference[] = [
  ...answers,
  ...paths,
  ...validation,
  ...bodies,
  ...connectors,
  ...loggers,
];
