// Ends by an error that nobody catches.
import { lastWords, loggerFor } from '@tributary/observability';

lastWords(loggerFor('test'), 3);
if (process.argv[2] === 'rejection') void Promise.reject(new TypeError('nobody waits', { cause: new Error('inner') }));
else
  setTimeout(() => {
    throw new TypeError('nobody catches', { cause: new Error('inner') });
  }, 1);
setInterval(() => {}, 1000);
