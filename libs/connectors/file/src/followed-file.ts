import { open, stat, type FileHandle } from 'node:fs/promises';
import { ConnectError } from '@tributary/connect-api';

/** What became of a file since it was opened. */
export type FileChange = 'none' | 'truncated' | 'replaced';

/** A file that is read while others write to it, shorten it or put another one into its place. */
export class FollowedFile {
  readonly #handle: FileHandle;
  readonly #inode: bigint;
  readonly #device: bigint;

  private constructor(
    readonly path: string,
    handle: FileHandle,
    identity: { readonly ino: bigint; readonly dev: bigint },
  ) {
    this.#handle = handle;
    this.#inode = identity.ino;
    this.#device = identity.dev;
  }

  /** Undefined where there is no such file; throws a {@link ConnectError} where it cannot be read. */
  static async open(path: string): Promise<FollowedFile | undefined> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, 'r');
      const identity = await handle.stat({ bigint: true });
      if (identity.isDirectory()) throw new Error('it is a directory');
      return new FollowedFile(path, handle, identity);
    } catch (cause) {
      await handle?.close();
      if (isMissing(cause)) return undefined;
      throw unreadable(path, cause);
    }
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  /** Reads into `target` from a position; 0 at the end of the file. */
  async read(target: Buffer, position: number): Promise<number> {
    try {
      return (await this.#handle.read(target, 0, target.length, position)).bytesRead;
    } catch (cause) {
      throw unreadable(this.path, cause);
    }
  }

  /** Whether the path still names this file, and the file still holds `position` bytes. A removed file counts as unchanged. */
  async change(position: number): Promise<FileChange> {
    try {
      const now = await stat(this.path, { bigint: true });
      if (now.ino !== this.#inode || now.dev !== this.#device) return 'replaced';
      return now.size < position ? 'truncated' : 'none';
    } catch (cause) {
      if (isMissing(cause)) return 'none';
      throw unreadable(this.path, cause);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unreadable(path: string, cause: unknown): ConnectError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConnectError(`Error while trying to read file ${path}: ${reason}`, { cause });
}
