const SHOWN = /(<!-- file: (\S+) -->\n+```\w*\n)[\s\S]*?(```)/g;

/** A page whose code blocks below `<!-- file: path -->` hold what the files hold. */
export function withShownFiles(page: string, read: (path: string) => string): string {
  return page.replace(SHOWN, (_, before: string, path: string, after: string) => before + read(path) + after);
}
