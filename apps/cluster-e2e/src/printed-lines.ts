import { readFileSync } from 'node:fs';
import type { TributaryCluster } from '@tributary/tools/cluster';

/** A line that a verifiable connector printed. */
export interface PrintedLine {
  readonly name: string;
  readonly task: number;
  readonly seqno: number;
  readonly topic: string;
  readonly committed?: boolean;
  readonly sinkTask?: number;
  readonly offset?: number;
  readonly flushed?: boolean;
}

/** What the connector `name` printed in all executors; other lines are the executors' log. */
export function linesOf(cluster: TributaryCluster, name: string): PrintedLine[] {
  return objectsOf(cluster).filter((line): line is PrintedLine => 'name' in line && line.name === name);
}

/** The first line of the executors' log whose message begins so. */
export function logLine(cluster: TributaryCluster, message: string): object | undefined {
  return objectsOf(cluster).find((line) => 'msg' in line && String(line.msg).startsWith(message));
}

function objectsOf(cluster: TributaryCluster): object[] {
  const texts = cluster.of('task-executor').map(({ child }) => readFileSync(child.logFile, 'utf8'));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as object);
}

/** The sequence numbers of a source's task, in the order of the lines. */
export function numbersOf(lines: readonly PrintedLine[], task: number): number[] {
  return lines.filter((line) => line.task === task).map(({ seqno }) => seqno);
}
