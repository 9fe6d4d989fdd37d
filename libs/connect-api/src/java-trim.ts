const SPACE = 0x20;

/** `text` without what Java's `String.trim` takes off its ends: blanks and control characters, no other white space. */
export function javaTrim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= SPACE) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= SPACE) end -= 1;
  return text.slice(start, end);
}
