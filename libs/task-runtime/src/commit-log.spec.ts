import { loggerFor } from '@tributary/observability';
import { expect, test, vi } from 'vitest';
import { CommitLog } from './commit-log.js';

test('a row of failed commits is one line, and so is its end', () => {
  const log = loggerFor('test');
  const error = vi.spyOn(log, 'error').mockReturnValue();
  const info = vi.spyOn(log, 'info').mockReturnValue();
  const commits = new CommitLog('source offsets', log);
  commits.worked();
  const reason = new Error('no answer');
  for (let n = 0; n < 3; n++) commits.failed(reason);
  commits.worked();
  commits.worked();
  expect(error.mock.calls).toEqual([
    [{ err: reason }, 'committing source offsets failed; the next commit tries again'],
  ]);
  expect(info.mock.calls).toEqual([['source offsets are committed again']]);
  commits.failed(reason);
  expect(error).toHaveBeenCalledTimes(2);
});
