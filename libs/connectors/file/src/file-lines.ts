import { ConnectError, type SourceTaskContext } from '@tributary/connect-api';
import { FollowedFile } from './followed-file.js';
import type { LineBuffer } from './line-buffer.js';
import type { LineSource } from './line-source.js';
import { wait } from './wait.js';

const FIND_MS = 1000;
const GROW_MS = 100;
const CHECKS_PER_FILL = 10;
/** A writer may go on for a while with a file that it, or somebody else, has moved away. */
const QUIET_CHECKS_BEFORE_LEAVING = 10;

/**
 * A file's bytes, also those that are still to be written. Starts where an earlier run stopped: the stored position is the
 * number of bytes before it, which is how the reference resumes too. (It counts characters, though, so that it resumes at
 * the wrong place once a file has other characters than ASCII.)
 *
 * A file that becomes shorter, or another file under the same name, is read from its start, with a warning; before that the
 * old one is read to its end, and its last line counts even without a line end.
 */
export class FileLines implements LineSource {
  position = 0;
  #file: FollowedFile | undefined;
  #resumed = false;
  #missingTold = false;
  #quietChecks = 0;

  constructor(
    readonly path: string,
    readonly context: SourceTaskContext,
  ) {}

  async fill(lines: LineBuffer, rest: (line: string) => void): Promise<boolean> {
    this.#file ??= await this.#open();
    for (let check = 0; check < CHECKS_PER_FILL && this.#file !== undefined; check++) {
      const space = lines.space();
      const count = await this.#file.read(space, this.position);
      if (count > 0) {
        this.position += count;
        this.#quietChecks = 0;
        lines.added(count);
        return true;
      }
      if (await this.#leftBehind(lines, rest)) return true;
      if (this.context.signal.aborted) return false;
      await wait(GROW_MS, this.context.signal);
    }
    return false;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #open(): Promise<FollowedFile | undefined> {
    const file = await FollowedFile.open(this.path);
    if (file === undefined) {
      if (!this.#missingTold) this.context.log.warn(`Couldn't find file ${this.path}, waiting for it to be created`);
      this.#missingTold = true;
      await wait(FIND_MS, this.context.signal);
      return undefined;
    }
    if (!this.#resumed) await this.#resume(file);
    return file;
  }

  async #resume(file: FollowedFile): Promise<void> {
    const offset = await this.context.offsetReader.offset({ filename: this.path });
    const stored = offset?.['position'] ?? 0;
    if (typeof stored !== 'number' || !Number.isSafeInteger(stored) || stored < 0) {
      throw new ConnectError('Offset position is the incorrect type');
    }
    const size = await file.size();
    if (stored > size) {
      this.context.log.warn(
        `File ${this.path} has ${size} bytes but ${stored} were read before: reading it again from its start`,
      );
    }
    this.position = stored > size ? 0 : stored;
    this.#resumed = true;
  }

  /** At the end of the file: whether to go on with another content. */
  async #leftBehind(lines: LineBuffer, rest: (line: string) => void): Promise<boolean> {
    const change = await this.#file?.change(this.position);
    if (change === undefined || change === 'none') return false;
    if (change === 'replaced' && ++this.#quietChecks < QUIET_CHECKS_BEFORE_LEAVING) return false;
    const what = change === 'truncated' ? 'was truncated' : 'was replaced by another file';
    this.context.log.warn(`File ${this.path} ${what} after ${this.position} bytes were read: going on from its start`);
    if (change === 'replaced') await this.close();
    this.position = 0;
    this.#quietChecks = 0;
    const last = lines.takeRest();
    if (last !== undefined) rest(last);
    return last !== undefined;
  }
}
