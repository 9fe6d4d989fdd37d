import type { IncomingRecord } from '@tributary/kafka-client';
import { sizeOf } from '../tools/read-record.js';
import { nameOf, type Letter } from './letter.js';
import { MAX_LETTERS_BYTES, type RedriveRequest } from './redrive-request.js';

/** Why a letter is not redriven, each with the number of such letters. */
export interface Skipped {
  /** of another connector that shares the queue */
  otherConnector: number;
  /** it does not tell topic, partition and offset of its record */
  noContext: number;
  otherStage: number;
  otherException: number;
  /** redriven as often as is allowed */
  tooOften: number;
  /** a later letter takes its place */
  superseded: number;
}

/** A letter that goes through the connector. */
export interface SelectedLetter extends Letter {
  readonly record: IncomingRecord;
}

/** Sifts letters, in the order of the queue, until there are enough. */
export class LetterSelection {
  readonly skipped: Skipped = {
    otherConnector: 0,
    noContext: 0,
    otherStage: 0,
    otherException: 0,
    tooOften: 0,
    superseded: 0,
  };
  /** those that are left alone because they have been redriven too often */
  readonly tooOften: Letter[] = [];
  /** how many letters were looked at */
  read = 0;
  private readonly selected = new Map<string, SelectedLetter>();
  private bytes = 0;

  constructor(
    private readonly connector: string,
    private readonly request: Pick<RedriveRequest, 'limit' | 'maxRedrives' | 'stage' | 'exception'>,
  ) {}

  /** Why no more letters are taken; undefined: there is room. */
  get full(): 'limit' | 'size' | undefined {
    if (this.selected.size >= this.request.limit) return 'limit';
    return this.bytes >= MAX_LETTERS_BYTES ? 'size' : undefined;
  }

  add(letter: Letter): void {
    this.read++;
    const reason = this.reasonToSkip(letter);
    const { record } = letter;
    if (reason !== 'otherConnector') this.supersede(letter.of);
    if (reason !== undefined || record === undefined) {
      this.skipped[reason ?? 'noContext']++;
      if (reason === 'tooOften') this.tooOften.push(letter);
      return;
    }
    this.selected.set(nameOf(letter), { ...letter, record });
    this.bytes += sizeOf(record);
  }

  /** In the order of the topics that the records came from, so that a task sees offsets grow as it is used to. */
  letters(): SelectedLetter[] {
    return [...this.selected.values()].toSorted((one, other) => {
      const [a, b] = [one.record, other.record];
      if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
      return a.partition - b.partition || a.offset - b.offset;
    });
  }

  private reasonToSkip(letter: Letter): keyof Skipped | undefined {
    const { stage, exception, maxRedrives } = this.request;
    if (letter.record === undefined) return 'noContext';
    if (letter.connector !== this.connector) return 'otherConnector';
    if (letter.redrives >= maxRedrives) return 'tooOften';
    if (stage !== undefined && letter.stage !== stage) return 'otherStage';
    return exception !== undefined && letter.exception !== exception ? 'otherException' : undefined;
  }

  /** The queue keeps all letters of a record: what the last one says of it counts. */
  private supersede(name: string | undefined): void {
    const earlier = name === undefined ? undefined : this.selected.get(name);
    if (name === undefined || earlier === undefined) return;
    this.selected.delete(name);
    this.bytes -= sizeOf(earlier.record);
    this.skipped.superseded++;
  }
}
