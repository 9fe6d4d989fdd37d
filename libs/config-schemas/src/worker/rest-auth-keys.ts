import { atLeast, ConfigError, lambda, nonEmptyString, type Validator } from '@tributary/connect-api';
import { key, type Keys } from '../keys/key.js';
import { textsOrNone } from './list-rules.js';

/** Signatures that are made with one key and checked with another, so that no gateway could make a token. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const asymmetric: Validator = lambda(
  (name, value) => {
    if (!Array.isArray(value)) return;
    const wrong = value.find((algorithm) => !ALGORITHMS.includes(String(algorithm)));
    if (wrong === undefined && value.length > 0) return;
    throw new ConfigError(
      `Invalid value ${wrong === undefined ? 'of no entries' : String(wrong)} for configuration ${name}: ` +
        `each entry must be one of: ${ALGORITHMS.join(', ')}`,
    );
  },
  `of ${ALGORITHMS.join(', ')}`,
);

/** Who may do what over the REST API. None of it is the reference's. */
export const restAuthKeys: Keys = {
  'rest.auth.login.config': key(
    'STRING',
    null,
    'LOW',
    'The JAAS file of basic authentication; not set: the file of -Djava.security.auth.login.config in KAFKA_OPTS.',
  ),
  'rest.auth.open.paths': key(
    'LIST',
    ['/health', '/metrics'],
    'LOW',
    'Paths that anybody may read where all others need a login.',
    textsOrNone,
  ),
  'rest.auth.admin.users': key(
    'LIST',
    ['*'],
    'LOW',
    'Users of basic authentication who may change things; * stands for all that are not named elsewhere.',
    textsOrNone,
  ),
  'rest.auth.read.only.users': key(
    'LIST',
    [],
    'LOW',
    'Users of basic authentication who may only read; * as above.',
    textsOrNone,
  ),
  'rest.auth.jwt.jwks': key(
    'STRING',
    null,
    'LOW',
    'A file, or an https URL, with the keys that bearer tokens are checked with; switches bearer tokens on.',
  ),
  'rest.auth.jwt.issuer': key('STRING', null, 'LOW', 'Who must have issued a token: its `iss`.', nonEmptyString),
  'rest.auth.jwt.audience': key(
    'LIST',
    [],
    'LOW',
    'For whom a token must be meant: its `aud` has one of these.',
    textsOrNone,
  ),
  'rest.auth.jwt.algorithms': key('LIST', ALGORITHMS, 'LOW', 'Signatures of tokens that are accepted.', asymmetric),
  'rest.auth.jwt.clock.skew.ms': key(
    'LONG',
    30000,
    'LOW',
    'How far the clock of the issuer may be off, milliseconds.',
    atLeast(0),
  ),
  'rest.auth.jwt.user.claim': key('STRING', 'sub', 'LOW', "The claim with the user's name, for the audit log."),
  'rest.auth.jwt.roles.claim': key(
    'STRING',
    'roles',
    'LOW',
    'The claim with the roles: a list, or a text with blanks between them; a dot leads into an object.',
  ),
  'rest.auth.jwt.admin.roles': key(
    'LIST',
    ['admin'],
    'LOW',
    'Roles in a token with which it may change things; * stands for every valid token.',
    textsOrNone,
  ),
  'rest.auth.jwt.read.only.roles': key(
    'LIST',
    ['read-only'],
    'LOW',
    'Roles in a token with which it may only read; * as above.',
    textsOrNone,
  ),
  'rest.audit.enable': key(
    'BOOLEAN',
    true,
    'LOW',
    'Whether each change over the REST API is a line of the logger `audit`.',
  ),
};
