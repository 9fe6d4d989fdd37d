import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseJaasFile, type JaasLogin } from '@tributary/config-schemas';
import { ConfigError } from '@tributary/connect-api';

const PROPERTY = 'rest.auth.login.config';
const SYSTEM_PROPERTY = /(?:^|\s)-Djava\.security\.auth\.login\.config==?(?:"([^"]*)"|'([^']*)'|(\S+))/g;
const ENTRY = 'KafkaConnect';
/** What Java takes where an entry is missing. */
const FALLBACK_ENTRY = 'other';
const MODULE = 'org.apache.kafka.connect.rest.basic.auth.extension.PropertyFileLoginModule';

/**
 * The files of users that a JAAS file names for the REST API. The JAAS file is that of `rest.auth.login.config`, or else
 * the one that KAFKA_OPTS gives to a JVM. Throws a {@link ConfigError} where that leads to none.
 */
export function credentialFiles(jaasFile: string | undefined, kafkaOpts: string | undefined): readonly string[] {
  const path = jaasFile ?? systemProperty(kafkaOpts ?? '');
  if (path === undefined) {
    throw new ConfigError(
      `Missing required configuration "${PROPERTY}": basic authentication needs a JAAS file, by this property or by ` +
        '-Djava.security.auth.login.config=<file> in the environment variable KAFKA_OPTS',
    );
  }
  return modulesIn(path).map((module) => fileOf(path, module));
}

function modulesIn(path: string): readonly JaasLogin[] {
  try {
    const entries = parseJaasFile(readFileSync(path.startsWith('file:') ? fileURLToPath(path) : path, 'utf8'));
    const modules = entries.get(ENTRY) ?? entries.get(FALLBACK_ENTRY);
    if (modules === undefined || modules.length === 0) throw new ConfigError(`it has no entry ${ENTRY} with a module`);
    return modules;
  } catch (cause) {
    throw new ConfigError(`Could not read JAAS file ${path}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function fileOf(jaasFile: string, { module: className, options }: JaasLogin): string {
  if (className !== MODULE) {
    throw new ConfigError(
      `JAAS file ${jaasFile}: login module ${className} of entry ${ENTRY} is not known; the only one is ${MODULE}`,
    );
  }
  const file = options.get('file')?.trim() ?? '';
  if (file !== '') return file;
  throw new ConfigError(`JAAS file ${jaasFile}: option file of ${MODULE} must name the file with the users`);
}

/** The last one counts, as for a JVM. */
function systemProperty(kafkaOpts: string): string | undefined {
  const last = [...kafkaOpts.matchAll(SYSTEM_PROPERTY)].at(-1);
  return last?.[1] ?? last?.[2] ?? last?.[3];
}
