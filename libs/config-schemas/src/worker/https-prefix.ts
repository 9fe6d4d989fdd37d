/** Where the TLS properties of https listeners may stand. */
export type HttpsPrefix = 'listeners.https.' | 'admin.listeners.https.';

/**
 * What stands before the names of the `ssl.*` properties that count for https: the prefix where any property has it, known or
 * not, else nothing.
 */
export function httpsPrefix(properties: Readonly<Record<string, string>>, prefix: HttpsPrefix): HttpsPrefix | '' {
  return Object.keys(properties).some((name) => name.startsWith(prefix)) ? prefix : '';
}
