/** How long to wait after `failures` attempts in a row that failed, in ms: doubling from `firstMs` to `maxMs`, spread by 20 %. */
export function backoffMs(failures: number, firstMs: number, maxMs: number): number {
  const wait = Math.min(Math.max(maxMs, firstMs), firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 20));
  return wait * (0.8 + Math.random() * 0.4);
}
