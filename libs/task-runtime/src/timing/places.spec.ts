import { describe, expect, it } from 'vitest';
import { Places } from './places.js';

describe('Places', () => {
  it('never lets more work at a time than there are places', async () => {
    const places = new Places(2);
    let busy = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++busy);
      await Promise.resolve();
      busy--;
    };
    await Promise.all(Array.from({ length: 10 }, () => places.use(work)));
    expect(most).toBe(2);
  });

  it('frees the place of work that fails', async () => {
    const places = new Places(1);
    await expect(places.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(places.use(() => Promise.resolve('done'))).resolves.toBe('done');
  });
});
