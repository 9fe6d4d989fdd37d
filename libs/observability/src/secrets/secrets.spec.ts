import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../redact.js';
import { hideSecrets, withSecrets } from './secrets-in-use.js';
import { Secrets } from './secrets.js';

describe('Secrets', () => {
  it.each([
    ['a long one anywhere', 'correct-horse', 'xcorrect-horsex', 'x[hidden]x'],
    ['a short one that stands alone', 'orange', 'orange, oranges "orange"', '[hidden], oranges "[hidden]"'],
    [
      'a short one, but in no class or path',
      'kafka',
      'org.kafka.X: /a/kafka kafka.',
      'org.kafka.X: /a/kafka [hidden].',
    ],
    ['what is special in expressions', 'a.b*c(d)', 'a.b*c(d) axbxc', '[hidden] axbxc'],
    ['without the end of the line', 'file-content\n', 'is file-content.', 'is [hidden].'],
    ['in JSON', 'with "quotes"', JSON.stringify({ a: 'with "quotes"' }), '{"a":"[hidden]"}'],
    ['in a URL', 'p@ss word/1', 'http://u:p%40ss%20word%2F1@h', 'http://u:[hidden]@h'],
    ['half a surrogate pair', 'half-\ud800', 'half-\ud800', '[hidden]'],
    ['none that says nothing', 'true', 'true', 'true'],
    ['none that is too short', 'abc', 'abc', 'abc'],
    ['not itself', '[hidden]', '[hidden]', '[hidden]'],
  ])('hides %s', (_what, secret, text, hidden) => {
    expect(new Secrets([secret]).hide(text)).toBe(hidden);
  });

  it('hides the longer of two that begin alike', () => {
    expect(new Secrets(['password', 'password-2']).hide('password-2 password')).toBe('[hidden] [hidden]');
  });

  it('hides single lines of a key', () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEF';
    const key = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
    expect(new Secrets([key]).hide(`bad line ${body}`)).toBe('bad line [hidden]');
  });

  it('asks for values once, when there is a text, and lives with a source that throws or logs', () => {
    let asked = 0;
    const secrets = new Secrets();
    secrets.add(() => {
      asked++;
      return [secrets.hide('the-secret')];
    });
    secrets.add(() => {
      throw new Error('no values');
    });
    expect(asked).toBe(0);
    expect([secrets.hide('the-secret'), secrets.hide('the-secret')]).toEqual(['[hidden]', '[hidden]']);
    expect(asked).toBe(1);
  });
});

describe('hideSecrets', () => {
  it('knows the secrets of whose code runs, also later, and in all that is logged', async () => {
    const secrets = new Secrets();
    await withSecrets(secrets, async () => {
      secrets.add(() => ['open-sesame']);
      await Promise.resolve();
      expect(hideSecrets('open-sesame')).toBe('[hidden]');
      expect(redactText('said open-sesame')).toBe('said [hidden]');
      expect(redact({ a: ['open-sesame'] })).toEqual({ a: ['[hidden]'] });
    });
    expect(hideSecrets('open-sesame')).toBe('open-sesame');
  });
});
