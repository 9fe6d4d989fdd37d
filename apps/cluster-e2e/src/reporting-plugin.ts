import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileJava } from '@tributary/tools/kafka';

/** The plugins of tests, with the reporting sink among them. */
export const PLUGINS = fileURLToPath(new URL('../test/plugins', import.meta.url));

/** Compiles the reporting sink's twin for the reference into the folder, and returns the folder. */
export async function reportingPlugin(folder: string): Promise<string> {
  await compileJava([join(PLUGINS, 'reporting', 'ReportingSinkConnector.java')], folder);
  const services = join(folder, 'META-INF', 'services');
  mkdirSync(services, { recursive: true });
  writeFileSync(join(services, 'org.apache.kafka.connect.sink.SinkConnector'), 'com.example.ReportingSinkConnector\n');
  return folder;
}
