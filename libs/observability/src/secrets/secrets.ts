/** What stands where a secret was. */
export const HIDDEN = '[hidden]';

/** Shorter values are no secrets: hiding them would leave nothing to read. */
const MIN_LENGTH = 4;
/** Values shorter than this are hidden only where they stand alone, not within a word, a path or the name of a class. */
const ANYWHERE_LENGTH = 8;
/** Lines of a secret of several lines, as a private key in PEM, that are hidden by themselves. */
const LINE_LENGTH = 16;
const NO_SECRETS = new Set(['true', 'false', 'null', 'none', 'undefined']);

/**
 * Values that must not be seen, and how they are taken out of texts: as they are, without blanks around them, and as they
 * look in JSON and in URLs. Which values there are is asked when a text has to be looked at for the first time, so that
 * what never fails pays nothing.
 */
export class Secrets {
  readonly #sources: (() => Iterable<string>)[] = [];
  /** null: there is nothing to hide */
  #pattern: RegExp | null | undefined;

  constructor(values: Iterable<string> = []) {
    this.add(() => values);
  }

  /** `values` is called once, later, or never. What it throws counts as no values. */
  add(values: () => Iterable<string>): void {
    this.#sources.push(values);
    this.#pattern = undefined;
  }

  hide(text: string): string {
    if (this.#pattern === undefined) this.#pattern = this.#look();
    return this.#pattern === null ? text : text.replace(this.#pattern, HIDDEN);
  }

  #look(): RegExp | null {
    // Whoever is asked may log.
    this.#pattern = null;
    return patternOf(this.#sources.flatMap(valuesOf));
  }
}

function valuesOf(source: () => Iterable<string>): string[] {
  try {
    return [...source()];
  } catch {
    return [];
  }
}

function patternOf(values: readonly string[]): RegExp | null {
  const forms = [...new Set(values.flatMap(formsOf))].filter((form) => form.length >= MIN_LENGTH);
  if (forms.length === 0) return null;
  // The longest first: one secret may be the beginning of another.
  const longestFirst = forms.toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(matching).join('|'), 'g');
}

function formsOf(value: string): string[] {
  const trimmed = value.trim();
  if (NO_SECRETS.has(trimmed.toLowerCase()) || trimmed === HIDDEN) return [];
  const lines = value.includes('\n') ? value.split(/\r?\n/).filter((line) => line.length >= LINE_LENGTH) : [];
  return [value, trimmed, JSON.stringify(trimmed).slice(1, -1), inUrl(trimmed), ...lines];
}

function inUrl(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half a surrogate pair has no place in a URL.
    return value;
  }
}

function matching(form: string): string {
  const literal = form.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return form.length >= ANYWHERE_LENGTH ? literal : String.raw`(?<![\w.$/-])${literal}(?![\w$/-]|\.\w)`;
}
