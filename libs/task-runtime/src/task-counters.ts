/** Plain numbers that grow; added to once a batch, sent to the main thread about once a second. */
export class TaskCounters {
  recordsPolled = 0;
  recordsWritten = 0;
  recordsRead = 0;
  recordsSent = 0;
  batches = 0;
  batchMs = 0;
  commits = 0;
  commitFailures = 0;
  commitMs = 0;
}
