import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compileJava, findJava, hasJavaCompiler, javaVersion, referenceJars, SHORT_LIVED_JVM } from '../kafka/index.js';

/** Of other versions some texts differ: numbers since 19, names in dates. */
const JAVA_VERSION = 17;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** A Java program that prints what classes of the reference do. */
export interface Program {
  /** with its sources, and `vectors.jsonl`, which it has printed */
  readonly folder: string;
  readonly mainClass: string;
}

const folderOf = (lib: string) => fileURLToPath(new URL(`../../../libs/${lib}/vectors`, import.meta.url));

export const PROGRAMS: readonly Program[] = [
  { folder: folderOf('converters'), mainClass: 'ConverterVectors' },
  { folder: folderOf('transforms'), mainClass: 'TransformVectors' },
];

/** Why the programs cannot run on this machine; undefined where they can. */
export function whyNotPrinted(): string | undefined {
  const java = findJava();
  if (java === undefined || javaVersion(java) !== JAVA_VERSION) return `vectors are printed by Java ${JAVA_VERSION}`;
  return hasJavaCompiler() ? undefined : 'vectors need the command javac';
}

/** What the program prints now. */
export async function printed({ folder, mainClass }: Program): Promise<string> {
  const java = findJava();
  if (java === undefined) throw new Error('vectors need Java');
  const run = promisify(execFile);
  const jars = join(await referenceJars(), '*');
  const classes = mkdtempSync(join(tmpdir(), 'tributary-vectors-'));
  try {
    const sources = readdirSync(folder).filter((file) => file.endsWith('.java'));
    await compileJava(
      sources.map((file) => join(folder, file)),
      classes,
    );
    const { stdout } = await run(
      java,
      [...SHORT_LIVED_JVM, '-Duser.language=en', '-cp', `${jars}:${classes}`, mainClass, folder],
      { env: { ...process.env, TZ: 'UTC' }, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
    );
    return stdout;
  } finally {
    rmSync(classes, { recursive: true, force: true });
  }
}
