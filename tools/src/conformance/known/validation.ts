import { isObject, mapObjects, type JsonObject } from '../json.js';
import type { Seen } from '../seen.js';
import { expectError, messageOf, type KnownDifference } from './known-difference.js';

const BAD_REQUEST = /^org\.apache\.kafka\.connect\.runtime\.rest\.errors\.BadRequestException: /;
const CACHED = /^org\.apache\.kafka\.connect\.errors\.ConnectException: /;
const CONFIG_ERROR = /^org\.apache\.kafka\.common\.config\.ConfigException: /;
const NULL_VALUE =
  /^java\.lang\.(NullPointerException: Cannot invoke "(String\.trim|java\.util\.List\.iterator)\(\)"|ArrayIndexOutOf)/;
const NO_VERSIONS = /availableVersions\(\)" is null$/;
const UNKNOWN_CLASS = /^Failed to find any class that implements Connector/;

const EMPTY_VERSION = /plugin\.version":"[ ,]?"/;

/** Both answers with every text in them changed. */
const inTexts = (change: (text: string) => string) => {
  const inObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => {
        if (key === 'message' && typeof value === 'string') return [key, change(value)];
        if (key === 'errors' && Array.isArray(value)) return [key, value.map((each) => change(String(each)))];
        return [key, value];
      }),
    );
  return (answer: Seen): Seen => ({ ...answer, body: mapObjects(answer.body, inObject) });
};

const isValidation = ({ path }: { path: string }): boolean => path.endsWith('/validate');

/** Where plugins lie is each one's own. */
const withoutPlaces = (text: string): string => text.replace(/location='[^']*'/g, "location='PLACE'");

/** The reference's message without the name of a class in front of it must be ours. */
function sameWithout(prefixes: readonly RegExp[], reference: Seen, here: Seen): string[] {
  const wanted = prefixes.reduce((text, prefix) => text.replace(prefix, ''), messageOf(reference));
  return withoutPlaces(wanted) === withoutPlaces(messageOf(here)) ? [] : [`the message is ${messageOf(here)}`];
}

const errorCount = ({ body }: Seen): unknown => (isObject(body) ? body.error_count : undefined);

/** Java's words for a regular expression stand behind this, and may have lines of their own. */
const EXPLANATION = /(Invalid regex: )[^]*/;

/** What the config provider of both finds for this variable. */
const VARIABLE = '${env:PATH}';
const withVariable = (text: string): string => text.replaceAll(process.env.PATH ?? VARIABLE, () => VARIABLE);

/** Of plugins and of what is wrong with a configuration. */
export const validation: readonly KnownDifference[] = [
  {
    id: 'documentation',
    covers: ({ path }) => path.startsWith('/connector-plugins/'),
    rewrite: (answer) => ({
      ...answer,
      body: mapObjects(answer.body, (object) =>
        typeof object.documentation === 'string' && object.documentation !== '' && 'importance' in object
          ? { ...object, documentation: 'TEXT' }
          : object,
      ),
    }),
  },
  {
    id: 'secrets-in-answers',
    covers: ({ body }) => String(body).includes(VARIABLE),
    rewrite: (answer) => {
      const shown = inTexts(withVariable)(answer);
      return {
        ...shown,
        body: mapObjects(shown.body, (object) =>
          typeof object.value === 'string' ? { ...object, value: withVariable(object.value) } : object,
        ),
      };
    },
  },
  {
    id: 'validation-without-class',
    covers: (step, reference) =>
      !Buffer.isBuffer(step.body) &&
      reference.status === 500 &&
      BAD_REQUEST.test(messageOf(reference)) &&
      !messageOf(reference).endsWith('Instantiation error'),
    expect: (here, reference) => [
      ...(here.status === 400 ? [] : [`the status is ${here.status}`]),
      ...sameWithout([BAD_REQUEST, CACHED], reference, here),
    ],
  },
  {
    id: 'unknown-class-again',
    covers: (_step, _reference, here) => UNKNOWN_CLASS.test(messageOf(here)),
    rewrite: inTexts((text) => withoutPlaces(text.replace(CACHED, ''))),
  },
  {
    id: 'version-again',
    covers: (_step, reference) => reference.status === 500 && NO_VERSIONS.test(messageOf(reference)),
    expect: (here, _reference, step) => {
      if (!isValidation(step))
        return /contains the following \d+ error/.test(messageOf(here)) ? [] : ['no list of errors'];
      const least = EMPTY_VERSION.test(String(step.body)) ? 0 : 2;
      return here.status === 200 && Number(errorCount(here)) >= least
        ? []
        : [`error_count is ${String(errorCount(here))}`];
    },
  },
  {
    id: 'validated-null',
    covers: (_step, reference) => reference.status === 500 && NULL_VALUE.test(messageOf(reference)),
    expect: (here) => (here.status === 200 && errorCount(here) !== 0 ? [] : [`the status is ${here.status}`]),
  },
  {
    id: 'versions-once',
    covers: ({ path, body }) =>
      path.startsWith('/connector-plugins/') && `${path}${String(body)}`.includes('JsonConverter'),
    rewrite: inTexts((text) => text.replace('available versions: [4.3.1, 4.3.1]', 'available versions: [4.3.1]')),
  },
  {
    id: 'override-type',
    covers: (step, reference) => isValidation(step) && CONFIG_ERROR.test(messageOf(reference)),
    expect: (here, reference) => [
      ...expectError(here, reference.status),
      ...sameWithout([CONFIG_ERROR], reference, here),
    ],
  },
  {
    id: 'regex-words',
    covers: ({ path }) => path === '/connectors' || isValidation({ path }),
    rewrite: inTexts((text) => text.replace(EXPLANATION, '$1WHY')),
  },
  {
    id: 'empty-version',
    covers: ({ path, body }) =>
      path.endsWith('/config?version=') || (isValidation({ path }) && EMPTY_VERSION.test(String(body))),
    expect: (here) => [
      ...(here.status === 200 ? [] : [`the status is ${here.status}`]),
      ...(JSON.stringify(here.body).includes('version range [,]') ? ['an empty version is asked for'] : []),
    ],
  },
  {
    id: 'no-plugin-class',
    covers: (_step, reference) => reference.status === 500 && messageOf(reference) === 'Instantiation error',
    expect: (here) =>
      here.status === 404 && messageOf(here) === 'Unknown plugin java.lang.String.' ? [] : ['not 404'],
  },
  {
    id: 'no-plugin-class',
    covers: (step, reference) =>
      isValidation(step) && messageOf(reference).endsWith('BadRequestException: Instantiation error'),
    expect: (here) =>
      here.status === 400 && UNKNOWN_CLASS.test(messageOf(here)) ? [] : [`the status is ${here.status}`],
  },
  {
    id: 'no-plugin-class',
    covers: (step) =>
      isValidation(step) &&
      /"(java\.lang\.String|[\w.]+\.storage\.Converter|[\w.]+\.transforms\.Cast)"/.test(String(step.body)),
    expect: (here, reference) => [
      ...(errorCount(here) === errorCount(reference) ? [] : [`error_count is ${String(errorCount(here))}`]),
      ...(/Class [\w.]+ could not be found\./.test(JSON.stringify(here.body)) ? [] : ['no class could not be found']),
    ],
  },
];
