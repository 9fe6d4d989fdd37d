import { expect, test } from 'vitest';
import { readAnswer } from './raw-answer.js';

const read = (text: string, ended = false, method = 'GET') => readAnswer(Buffer.from(text), method, ended);

test('a body is complete when as much has come as its length says', () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-A: 1\r\nx-a: 2\r\n\r\nab\r\n';
  expect(read(text)).toEqual({ status: 200, headers: { 'content-length': '4', 'x-a': '1, 2' }, text: 'ab\r\n' });
  for (let length = 0; length < text.length; length++) expect(read(text.slice(0, length))).toBeUndefined();
});

test('a body in chunks is complete with its last one', () => {
  const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n';
  expect(read(`${text}\r\n`)?.text).toBe('abc0123456789');
  expect(read(text.slice(0, -5))).toBeUndefined();
});

test('a body that says nothing of its length ends with the connection', () => {
  expect(read('HTTP/1.1 400 Bad\r\n\r\nabc')).toBeUndefined();
  expect(read('HTTP/1.1 400 Bad\r\n\r\nabc', true)?.text).toBe('abc');
});

test('some answers have no body whatever their headers say', () => {
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n', false, 'HEAD')?.text).toBe('');
  expect(read('HTTP/1.1 204 None\r\n\r\n')?.status).toBe(204);
});

test('what only tells to go on is not the answer', () => {
  expect(read('HTTP/1.1 100 Continue\r\n\r\n')).toBeUndefined();
  expect(read('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n')?.status).toBe(201);
});

test('what is no HTTP is shown', () => {
  expect(() => read('hello\r\n\r\n')).toThrow('the answer begins with "hello"');
});
