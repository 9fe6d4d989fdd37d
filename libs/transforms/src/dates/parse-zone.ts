import { ZONES } from './names.js';

const MINUTE_MS = 60_000;

/** An offset from UTC, and where its text ends. */
interface Zone {
  readonly offsetMs: number;
  readonly end: number;
}

/**
 * Reads `z` and `Z`: `+0130`, `GMT+1:30`, `UTC` and some other names; `X`: `Z`, `+01`, `+0130` or `+01:30`, by the number
 * of letters. Undefined for anything else.
 */
export function parseZone(text: string, at: number, letter: 'z' | 'Z' | 'X', count: number): Zone | undefined {
  const rest = text.slice(at);
  if (letter === 'X') {
    if (rest.startsWith('Z')) return { offsetMs: 0, end: at + 1 };
    const form = [/^([+-])(\d\d)/, /^([+-])(\d\d)(\d\d)/, /^([+-])(\d\d):(\d\d)/][count - 1];
    return form === undefined ? undefined : offset(form.exec(rest), at);
  }
  if (/^[+-]/.test(rest)) return offset(/^([+-])(\d\d)(\d\d)/.exec(rest), at);
  const gmt = /^GMT([+-])?/i.exec(rest);
  if (gmt?.[1] !== undefined) return offset(/^GMT([+-])(\d\d?):(\d\d)/i.exec(rest), at);
  if (gmt !== null) return { offsetMs: 0, end: at + 3 };
  const lower = rest.toLowerCase();
  const name = [...ZONES.keys()].find((each) => lower.startsWith(each.toLowerCase()));
  return name === undefined ? undefined : { offsetMs: ZONES.get(name) ?? 0, end: at + name.length };
}

function offset(match: RegExpExecArray | null, at: number): Zone | undefined {
  if (match === null) return undefined;
  const [all, sign, hours, minutes = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return { offsetMs: sign === '-' ? -offsetMs : offsetMs, end: at + all.length };
}
