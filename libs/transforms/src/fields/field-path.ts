import {
  ConfigError,
  type ConnectValue,
  type Field,
  type PlainObject,
  type Schema,
  type Struct,
} from '@tributary/connect-api';
import { IllegalArgumentError } from '../record/java-errors.js';
import { isMap, requireMap, requireStruct } from '../record/requirements.js';
import { fieldNamed } from '../record/schema-parts.js';
import { fieldValue } from '../record/field-value.js';
import { plainObject } from '../schemaless/map-layout.js';

const PURPOSE = 'nested field access';

/** Leads to a field, at the top (V1) or inside nested structs or maps (V2). */
export class FieldPath {
  private constructor(readonly steps: readonly string[]) {}

  /** Throws a {@link ConfigError} for a path whose backticks do not pair. */
  static parse(text: string, version: 'V1' | 'V2'): FieldPath {
    return new FieldPath(version === 'V1' ? [text] : stepsOf(text));
  }

  /** Undefined where a schema on the way has no such field. Throws a `DataError` for one that has no fields at all. */
  fieldOf(schema: Schema): Field | undefined {
    let current = schema;
    let field: Field | undefined;
    for (const step of this.steps) {
      field = fieldNamed(current, step);
      if (field === undefined) return undefined;
      current = field.schema;
    }
    return field;
  }

  /** Null where anything on the way is null. Throws a `DataError` for something on the way that has no fields. */
  inStruct(struct: Struct, replaceNull: boolean): ConnectValue {
    let current = struct;
    for (const step of this.steps.slice(0, -1)) {
      const field = current.schema.field(step);
      const next = field === undefined ? null : current.get(field);
      if (field === undefined || next === null) return null;
      current = requireStruct(next, field.schema, PURPOSE);
    }
    const last = current.schema.field(this.steps.at(-1) ?? '');
    return last === undefined ? null : fieldValue(current, last, replaceNull);
  }

  /** Like {@link inStruct}, for a map without schema. */
  inMap(map: PlainObject): ConnectValue {
    if (this.steps.length === 0) throw new IllegalArgumentError('Unknown field: ');
    let current = map;
    for (const step of this.steps.slice(0, -1)) {
      const next = ownMember(current, step);
      if (next === null) return null;
      current = plainObject(isMap(next) ? next : requireMap(next, PURPOSE));
    }
    return ownMember(current, this.steps.at(-1) ?? '');
  }
}

/** The member of that name, null where there is none. */
export function ownMember(map: PlainObject, name: string): ConnectValue {
  return Object.hasOwn(map, name) ? (map[name] ?? null) : null;
}

/**
 * `a.b` are two names, `` `a.b`.c `` are the names `a.b` and `c`. A backtick closes a name only before a dot or at the
 * end; elsewhere it stands for itself, and so does one after a backslash.
 */
function stepsOf(path: string): string[] {
  const steps: string[] = [];
  let rest = 0;
  while (rest < path.length) {
    if (path[rest] !== '`') {
      const dot = path.indexOf('.', rest);
      steps.push(dot < 0 ? path.slice(rest) : path.slice(rest, dot));
      rest = dot < 0 ? path.length : dot + 1;
    } else {
      const { name, end } = quotedStep(path, rest);
      steps.push(name);
      rest = end;
    }
    if (rest === path.length && path.endsWith('.')) steps.push('');
  }
  return steps;
}

/** The name between the backtick at `start` and the one that closes it; `end` is where the next step begins. */
function quotedStep(path: string, start: number): { name: string; end: number } {
  let name = '';
  let from = start + 1;
  for (let at = path.indexOf('`', from); at >= 0; at = path.indexOf('`', at + 1)) {
    const escaped = path[at - 1] === '\\';
    const closes = at + 1 === path.length || path[at + 1] === '.';
    if (closes && escaped) {
      name += `${path.slice(from, at - 1)}\``;
      from = at + 1;
    } else if (closes) {
      return { name: name + path.slice(from, at), end: Math.min(at + 2, path.length) };
    }
  }
  throw new ConfigError(
    `Incomplete backtick pair in path: [${path}], consider adding a backslash before backtick at position ${start} to escape it`,
  );
}
