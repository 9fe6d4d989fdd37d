/** The entries below `prefix`, with the prefix taken off. */
export function stripped(properties: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  const below = Object.entries(properties).filter(([name]) => name.startsWith(prefix) && name.length > prefix.length);
  return Object.fromEntries(below.map(([name, value]) => [name.slice(prefix.length), value]));
}
