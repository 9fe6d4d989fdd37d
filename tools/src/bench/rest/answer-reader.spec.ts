import { expect, test } from 'vitest';
import { AnswerReader } from './answer-reader.js';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const WITH_LENGTH = `${HEAD}Content-Length: 12\r\n\r\n["a","b\r\n"] `;
const IN_CHUNKS = `${HEAD}Transfer-Encoding: chunked\r\n\r\n4\r\n["a"\r\n4\r\n,"b"\r\n1\r\n]\r\n0\r\n\r\n`;

/** After which of the pieces the answer was complete. */
function completeAt(pieces: readonly string[], reader = new AnswerReader()): number[] {
  return pieces.flatMap((piece, index) => (reader.feed(Buffer.from(piece)) ? [index] : []));
}

test.each([WITH_LENGTH, IN_CHUNKS])('an answer is complete with its last byte, however it is cut', (text) => {
  for (let cut = 1; cut < text.length; cut++) {
    expect(completeAt([text.slice(0, cut), text.slice(cut)]), `cut at ${cut}`).toEqual([1]);
  }
  expect(completeAt([...text])).toEqual([text.length - 1]);
});

test('one connection brings answers of both kinds, one after the other', () => {
  const reader = new AnswerReader();
  const notFound = 'HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}';
  expect(completeAt([WITH_LENGTH, IN_CHUNKS, WITH_LENGTH], reader)).toEqual([0, 1, 2]);
  expect(reader.status).toBe(200);
  expect(completeAt([notFound], reader)).toEqual([0]);
  expect(reader.status).toBe(404);
});
