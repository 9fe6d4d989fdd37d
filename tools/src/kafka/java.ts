import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Kafka 4 needs this Java or a newer one. */
export const OLDEST_JAVA = 17;

/**
 * Options of a JVM that soon ends, as in tests: it starts in a third of the processor time, and would be slower only later.
 * Released classes are not verified once more.
 */
export const SHORT_LIVED_JVM: readonly string[] = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-XX:+UnlockDiagnosticVMOptions',
  '-XX:-BytecodeVerificationRemote',
];

/** The java command to use, JAVA_HOME's before the PATH's; undefined where there is none new enough. */
export function findJava(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const candidates = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin', 'java'), 'java'] : ['java'];
  return candidates.find((java) => (javaVersion(java, env) ?? 0) >= OLDEST_JAVA);
}

/** The major version, undefined where the command does not run. */
export function javaVersion(java: string, env: NodeJS.ProcessEnv = process.env): number | undefined {
  const { status, stderr } = spawnSync(java, ['-version'], { env, encoding: 'utf8' });
  const version = status === 0 ? /version "(?:1\.)?(\d+)/.exec(stderr)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
}

export function findMaven(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return spawnSync('mvn', ['-v'], { env, stdio: 'ignore' }).status === 0 ? 'mvn' : undefined;
}
