/** A translated part of an expression, and what must be known of it to translate what is around it. */
export interface Node {
  readonly source: string;
  /** it can match nothing */
  readonly empty: boolean;
  /** numbers, as Java counts, of the groups inside */
  readonly groups: readonly number[];
  /** those of them that may have matched nothing when the whole has matched */
  readonly conditional: readonly number[];
}

export function plain(source: string, empty = false): Node {
  return { source, empty, groups: [], conditional: [] };
}

export function sequence(nodes: readonly Node[]): Node {
  return {
    source: nodes.map(({ source }) => source).join(''),
    empty: nodes.every(({ empty }) => empty),
    groups: nodes.flatMap(({ groups }) => groups),
    conditional: nodes.flatMap(({ conditional }) => conditional),
  };
}

export function alternatives(nodes: readonly Node[]): Node {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return only;
  const groups = nodes.flatMap((node) => node.groups);
  return {
    source: nodes.map(({ source }) => source).join('|'),
    empty: nodes.some(({ empty }) => empty),
    groups,
    conditional: groups,
  };
}
