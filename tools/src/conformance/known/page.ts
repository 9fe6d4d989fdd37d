const NO_ROW = /^\| (Id|---) \|/;

/**
 * Ids of the rows of docs/differences.md, in their order. Throws where a row about REST has none, and where two have the
 * same.
 */
export function idsOf(page: string): string[] {
  const ids: string[] = [];
  for (const section of page.split(/^## /m)) {
    const rows = section.split('\n').filter((line) => line.startsWith('| ') && !NO_ROW.test(line));
    for (const row of rows) {
      const id = /^\| `([a-z0-9-]+)` \|/.exec(row)?.[1];
      if (id !== undefined) ids.push(id);
      else if (section.startsWith('REST'))
        throw new Error(`this row has no id such as \`body-shape\` in its first column: ${row}`);
    }
  }
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new Error(`two rows have the id ${twice}`);
  return ids;
}
