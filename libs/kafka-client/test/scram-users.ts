import { pbkdf2Sync, randomBytes } from 'node:crypto';
import type { ClientProperties } from '../src/api.js';
import { KafkaConnection } from '../src/connection/kafka-connection.js';
import { ByteReader } from '../src/protocol/byte-reader.js';
import { ByteWriter } from '../src/protocol/byte-writer.js';

const ITERATIONS = 4096;
const MECHANISMS = [
  { id: 1, hash: 'sha256', length: 32 },
  { id: 2, hash: 'sha512', length: 64 },
];

/** Gives the user the password, for both of the SCRAM mechanisms; a moment passes until brokers know it. */
export async function addScramUser(properties: ClientProperties, user: string, password: string): Promise<void> {
  const connection = new KafkaConnection(properties);
  try {
    for (const mechanism of MECHANISMS) {
      const errors = await connection.request('any', {
        apiKey: 51,
        apiVersion: 0,
        name: 'AlterUserScramCredentials',
        flexible: true,
        encode: () => credentials(mechanism, user, password),
        decode: errorsIn,
      });
      if (errors.length > 0) throw new Error(`adding a user: ${errors.join(', ')}`);
    }
  } finally {
    connection.close();
  }
}

/** [deletions] [upsertions], one of these: name mechanism iterations salt salted_password */
function credentials({ id, hash, length }: (typeof MECHANISMS)[number], user: string, password: string): Buffer {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, length, hash);
  const writer = new ByteWriter().unsignedVarint(1).unsignedVarint(2);
  writer.compactNullableString(user).int8(id).int32(ITERATIONS);
  for (const bytes of [salt, salted]) writer.unsignedVarint(bytes.length + 1).raw(bytes);
  return writer.unsignedVarint(0).unsignedVarint(0).result();
}

/** throttle_time_ms [user error_code error_message]: lengths are one byte each, as the texts are short. */
function errorsIn(body: Buffer): string[] {
  const reader = new ByteReader(body);
  const text = () => {
    const size = Math.max(0, reader.int8() - 1);
    reader.position += size;
    return body.toString('utf8', reader.position - size, reader.position);
  };
  reader.int32();
  const count = reader.int8() - 1;
  const results = Array.from({ length: count }, () => {
    const result = { user: text(), code: reader.int16(), message: text() };
    reader.int8();
    return result;
  });
  return results.flatMap(({ user, code, message }) => (code === 0 ? [] : [`${user}: ${code} ${message}`]));
}
