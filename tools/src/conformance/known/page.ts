/** Ids of the rows under `## REST` in docs/differences.md, in their order. Throws where a row has none or where two have the same. */
export function idsOf(page: string): string[] {
  const [, rest = ''] = page.split(/^## REST$/m);
  const [section = ''] = rest.split(/^## /m);
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && !/^\| (Id|---) \|/.test(line));
  const ids = rows.map((row) => {
    const id = /^\| `([a-z0-9-]+)` \|/.exec(row)?.[1];
    if (id === undefined) throw new Error(`this row has no id such as \`body-shape\` in its first column: ${row}`);
    return id;
  });
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new Error(`two rows have the id ${twice}`);
  return ids;
}
