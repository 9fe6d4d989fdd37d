import { FencedError, KafkaError } from '../errors.js';
import { protocolError } from '../protocol/error-codes.js';
import type { Batch } from './batch.js';
import type { PartitionAnswer } from './produce-request.js';

/** What becomes of a batch after the broker's answer. */
export type Verdict =
  | { readonly kind: 'written'; readonly offset: number; readonly appendTime: number }
  /** sent again as it is, later */
  | { readonly kind: 'retry'; readonly error: KafkaError }
  /** other batches take its place: its halves, or what is left without the records at fault */
  | { readonly kind: 'rebuild'; readonly batches: readonly Batch[] }
  /** the broker has lost track of the producer's sequences: sent again under a new producer id */
  | { readonly kind: 'new-identity'; readonly error: KafkaError }
  | { readonly kind: 'refused'; readonly error: Error };

const TOO_LARGE = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];
const SEQUENCE_LOST = [
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
];
const FENCED = ['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'];

export function judge(
  where: { readonly topic: string; readonly partition: number },
  batch: Batch,
  answer: PartitionAnswer | undefined,
  mode: 'transactional' | boolean,
): Verdict {
  const what = `writing to ${where.topic}-${where.partition}`;
  if (answer === undefined) {
    return { kind: 'retry', error: KafkaError.disconnected(`${what}: the broker's answer left the partition out`) };
  }
  if (answer.errorCode === 0) return { kind: 'written', offset: answer.baseOffset, appendTime: answer.appendTime };
  const { name } = protocolError(answer.errorCode);
  const error = KafkaError.fromCode(answer.errorCode, what, answer.errorMessage);
  if (name === 'DUPLICATE_SEQUENCE_NUMBER' && mode !== false) return { kind: 'written', offset: -1, appendTime: -1 };
  if (TOO_LARGE.includes(name)) {
    const halves = batch.split();
    if (halves !== undefined) return { kind: 'rebuild', batches: halves };
  }
  if (answer.recordErrors.length > 0 && !error.retriable) {
    const errors = new Map<number, Error>();
    for (const { position, message } of answer.recordErrors) {
      errors.set(position, KafkaError.fromCode(answer.errorCode, what, message ?? answer.errorMessage));
    }
    const rest = batch.without(errors);
    return { kind: 'rebuild', batches: rest === undefined ? [] : [rest] };
  }
  if (mode === 'transactional' && FENCED.includes(name)) {
    return {
      kind: 'refused',
      error: new FencedError(`${what}: another producer has taken the transactional id over`, error),
    };
  }
  if (mode === true && SEQUENCE_LOST.includes(name)) return { kind: 'new-identity', error };
  return error.retriable ? { kind: 'retry', error } : { kind: 'refused', error };
}
