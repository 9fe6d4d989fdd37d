import { workerDefinition } from '@tributary/config-schemas';
import { describeMetrics } from '@tributary/observability';
import { restApiTables } from './rest-api-page.js';
import { table } from './table.js';

/** A page under docs/ that is made from the code. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

const MADE = '<!-- Made by `npm run docs`: change the code, then run it. -->\n\n';

/** Defaults that differ from machine to machine. */
const VARYING: Readonly<Record<string, string>> = { 'executor.max.threads': '4 for each CPU core' };

export function generatedPages(): Page[] {
  return [metricsPage(), propertiesPage(), restApiPage()];
}

function metricsPage(): Page {
  const rows = describeMetrics().map(({ name, type, labels, help }) => [
    code(name),
    type,
    labels.map(code).join(', '),
    help,
  ]);
  const text = `# Metrics

${MADE}Every process answers \`GET /metrics\` in Prometheus' text format: those below, and \`process_*\` and \`nodejs_*\`
for the process itself. [Operations](operations.md#metrics) says which process has which.

${table(['name', 'type', 'labels', 'meaning'], rows)}`;
  return { file: 'metrics.md', text };
}

function propertiesPage(): Page {
  const keys = [...workerDefinition.keys.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = keys.map(({ name, type, importance, documentation, default: otherwise, required }) => [
    code(name),
    type.toLowerCase(),
    required ? 'required' : (VARYING[name] ?? shown(otherwise)),
    importance.toLowerCase(),
    documentation.replace(/\s+/g, ' '),
  ]);
  const text = `# Worker properties

${MADE}What a service understands, in its properties file or as \`CONNECT_*\` variables. Names, types and defaults are those
of Apache Kafka Connect, [Operations](operations.md#properties) says where not. Beside these: the properties of Kafka
clients, with and without the prefixes \`producer.\`, \`consumer.\` and \`admin.\`.

${table(['property', 'type', 'default', 'importance', 'meaning'], rows)}`;
  return { file: 'worker-properties.md', text };
}

function restApiPage(): Page {
  const text = `# REST API

${MADE}The API of Apache Kafka Connect 4.3, [with these differences](differences.md#rest). Every gateway describes it in full,
with all schemas and examples, as an OpenAPI 3.1 document: \`GET /openapi.json\`. Names of bodies below are those of its
schemas; answers from 400 on are \`{"error_code":404,"message":"Connector lines not found"}\`.

${restApiTables()}`;
  return { file: 'rest-api.md', text };
}

function code(text: string): string {
  return `\`${text}\``;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'not set';
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return text === '' ? 'empty' : code(text);
}
