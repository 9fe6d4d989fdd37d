import type { RequestQueue } from 'kafkajs/src/network/connectionPool.js';

/**
 * Lets kafkajs look for requests that wait to be sent only while some do. By itself it looks again after each look, with a
 * time-out that lies in the past and so takes a millisecond, for as long as the connection lives: a thousand idle
 * connections would keep half a core busy.
 */
export function lookOnlyWhileRequestsWait(queue: RequestQueue): void {
  const look = queue.scheduleCheckPendingRequests.bind(queue);
  queue.scheduleCheckPendingRequests = () => {
    if (queue.pending.length > 0) look();
  };
}
