import { letterHeaders } from '@tributary/error-policy';
import type { IncomingRecord } from '@tributary/kafka-client';
import { copied } from '../tools/read-record.js';
import { COUNT_HEADER, OF_HEADER } from './redrive-request.js';

/** A dead letter, taken apart. */
export interface Letter {
  /** its place in the queue */
  readonly partition: number;
  readonly offset: number;
  /** the record as the connector read it, without what the queue added; undefined where the letter does not tell its place */
  readonly record: IncomingRecord | undefined;
  /** as its headers tell; undefined where they do not */
  readonly connector: string | undefined;
  readonly stage: string | undefined;
  readonly exception: string | undefined;
  /** how often its record has been redriven */
  readonly redrives: number;
  /** {@link nameOf} the letter that it takes the place of; undefined: of none */
  readonly of: string | undefined;
}

/** Reads a record of a queue. What it returns shares no memory with what was read. */
export function letterOf(read: IncomingRecord): Letter {
  const { context, own } = letterHeaders(read.headers ?? []);
  const [partition, offset] = [wholeNumber(context.get('partition')), wholeNumber(context.get('offset'))];
  const topic = context.get('topic') ?? undefined;
  const headers = own.filter(({ key }) => key !== COUNT_HEADER && key !== OF_HEADER);
  const placed = topic !== undefined && partition !== undefined && offset !== undefined;
  return {
    partition: read.partition,
    offset: read.offset,
    record: placed
      ? copied({ ...read, topic, partition, offset, headers: headers.length === 0 ? undefined : headers })
      : undefined,
    connector: context.get('connector.name') ?? undefined,
    stage: context.get('stage') ?? undefined,
    exception: context.get('exception.class.name') ?? undefined,
    redrives: wholeNumber(textOf(own, COUNT_HEADER)) ?? 0,
    of: textOf(own, OF_HEADER),
  };
}

/** Text that names a letter by its place in the queue. */
export function nameOf({ partition, offset }: Pick<Letter, 'partition' | 'offset'>): string {
  return `${partition}-${offset}`;
}

function textOf(headers: NonNullable<IncomingRecord['headers']>, name: string): string | undefined {
  return headers.findLast(({ key }) => key === name)?.value?.toString('utf8');
}

function wholeNumber(text: string | null | undefined): number | undefined {
  const value = /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
