import { describe, expect, it } from 'vitest';
import { logError } from './log-error.js';
import { redact, redactText } from './redact.js';

describe('redact', () => {
  it('hides the values of properties that sound like secrets, at any depth', () => {
    const config = {
      'sasl.jaas.config': 'Login required password="x";',
      'connection.password': 'x',
      nested: [{ 'api.key': 'x', name: 'kept' }],
      props: new Map([['ssl.keystore.key', 'x']]),
      accessToken: 'x',
      'bootstrap.servers': 'a:1',
    };
    expect(redact({ config })).toEqual({
      config: {
        'sasl.jaas.config': '[hidden]',
        'connection.password': '[hidden]',
        nested: [{ 'api.key': '[hidden]', name: 'kept' }],
        props: { 'ssl.keystore.key': '[hidden]' },
        accessToken: '[hidden]',
        'bootstrap.servers': 'a:1',
      },
    });
  });

  it('leaves numbers, flags and nothing as they are', () => {
    expect(redact({ tokens: 3, password: null, secret: false })).toEqual({ tokens: 3, password: null, secret: false });
  });

  it.each([
    ['db.password=geheim, user=u', 'db.password=[hidden], user=u'],
    [
      'PlainLoginModule required username="u" password="ge heim";',
      'PlainLoginModule required username="u" password=[hidden];',
    ],
    ['{"client_secret":"geheim","a":1}', '{"client_secret":[hidden],"a":1}'],
    ['connecting to postgres://u:geheim@db:5432/x', 'connecting to postgres://u:[hidden]@db:5432/x'],
    ['the password is wrong', 'the password is wrong'],
    ['at hide (file:///secrets/secrets-in-use.js:8:18)', 'at hide (file:///secrets/secrets-in-use.js:8:18)'],
    ['Unexpected token } in JSON', 'Unexpected token } in JSON'],
  ])('finds secrets in texts: %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each(['1', 'password', '://u:', 'secret="'])('takes no long time for a long text of %s', (word) => {
    const text = word.repeat(1_000_000 / word.length);
    // An expression that goes back and forth would need hours.
    expect(redactText(text)).not.toBe('');
  });

  it('finds secrets in errors and their causes', () => {
    const logged = logError(new Error('outer password=geheim', { cause: new Error('inner secret=geheim') }));
    expect(JSON.stringify(logged)).not.toContain('geheim');
    expect(logged.stack).toContain('caused by: Error: inner secret=[hidden]');
  });
});
