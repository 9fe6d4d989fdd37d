/** JSON that is put together from texts, so that numbers stay as they were written. */

/** An object of members whose values are JSON already; undefined leaves a member out. */
export function objectText(members: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(members).flatMap(([name, text]) =>
    text === undefined ? [] : [`${JSON.stringify(name)}:${text}`],
  );
  return `{${parts.join(',')}}`;
}

export function arrayText(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

/** A string; what is followed by a colon is the name of a member. */
const STRING = /("(?:[^"\\]|\\.)*")(\s*:)?/g;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** JSON in which `hide` has looked at all strings but names of members, those that are the base64 of texts included. */
export function hiddenIn(json: string, hide: (text: string) => string): string {
  return json.replace(STRING, (all, token: string, colon: string | undefined) => {
    if (colon !== undefined) return all;
    const text = String(JSON.parse(token));
    const hidden = hide(text);
    if (hidden !== text) return JSON.stringify(hidden);
    if (!BASE64.test(text)) return token;
    const bytes = Buffer.from(text, 'base64').toString('latin1');
    const hiddenBytes = hide(bytes);
    return bytes === hiddenBytes ? token : JSON.stringify(Buffer.from(hiddenBytes, 'latin1').toString('base64'));
  });
}
