// What the command asks of Node.js: files, streams, the terminal. `src/cli/system/javascript.rs`
// asks it. Descriptors are 1 for standard output and 2 for standard error. What fails throws a
// text: the error's code, a colon, and what is said of it.

import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { isatty } from "node:tty";
import { getSystemErrorMap } from "node:util";
import { isMainThread, workerData } from "node:worker_threads";

const isWindows = process.platform === "win32";

/** A path with `/` between folders, as Windows takes it too. */
export const slashed = (path: string): string => (isWindows ? path.replaceAll("\\", "/") : path);

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = "", errno, message } = error as NodeJS.ErrnoException;
    const said = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
    throw `${code}: ${said === undefined ? message : `${said} (${code})`}`;
  }
}

const isOf = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** Waits while what is at the other end of a pipe is not ready. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

export const metadata = (path: string): Stats => attempt(() => statSync(path));

/** Whether anything stands at a path, a link that leads to nothing too. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

export const real = (path: string): string => attempt(() => slashed(realpathSync(path)));

/** The path from the root, without links resolved. */
export const absolute = (path: string): string => (isAbsolute(path) ? slashed(path) : `${currentFolder()}/${path}`);

export const currentFolder = (): string => slashed(process.cwd());

/** The names in a folder, each begun by what it is: `f` a file, `d` a folder, `o` anything else. */
export function entries(folder: string): string[] {
  return attempt(() =>
    readdirSync(folder, { withFileTypes: true }).map((entry) => `${entry.isFile() ? "f" : entry.isDirectory() ? "d" : "o"}${entry.name}`),
  );
}

export const read = (path: string): Uint8Array => attempt(() => readFileSync(path));

/** Whether somebody pipes something into the process, which it has not read. */
export function hasUnreadInput(): boolean {
  try {
    const input = fstatSync(0);
    if (!input.isFIFO()) return input.isFile() && input.size > 0;
  } catch {
    return false;
  }
  // Elsewhere a pipe cannot be opened a second time, and a read may wait for ever.
  return process.platform !== "linux" || !isAtEnd("/dev/stdin");
}

/** Whether a pipe is at its end: one that has nothing yet is not. */
function isAtEnd(pipe: string): boolean {
  try {
    const descriptor = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return readSync(descriptor, Buffer.alloc(1)) === 0;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/** All of standard input, which may not be ready: `readFileSync(0)` fails then. */
export const readInput = (): Uint8Array =>
  attempt(() => {
    const parts: Buffer[] = [];
    for (;;) {
      const part = Buffer.allocUnsafe(1 << 16);
      const length = readPart(part);
      if (length === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, length));
    }
  });

/** Reads from standard input, once it is ready; gives how many bytes came, 0 at its end. */
function readPart(part: Buffer): number {
  for (;;) {
    try {
      return readSync(0, part);
    } catch (error) {
      // Windows says so where others read nothing.
      if (isOf(error, "EOF")) return 0;
      if (!isOf(error, "EAGAIN")) throw error;
      pause();
    }
  }
}

/** Writes to a stream; gives how many bytes were taken. */
export const write = (descriptor: number, bytes: Uint8Array): number => attempt(() => writePart(descriptor, bytes));

/** Writes to a descriptor, once what reads it is ready; gives how many bytes were taken. */
function writePart(descriptor: number, bytes: Uint8Array): number {
  // A terminal of Windows takes text, which Node makes of bytes in its own streams alone.
  if (isWindows && isTerminal(descriptor)) {
    stream(descriptor).write(Buffer.from(bytes));
    return bytes.length;
  }
  for (;;) {
    try {
      return writeSync(descriptor, bytes);
    } catch (error) {
      if (!isOf(error, "EAGAIN")) throw error;
      pause();
    }
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let rest = bytes;
  while (rest.length > 0) rest = rest.subarray(writePart(descriptor, rest));
}

/** Writes into what stands at a path: a pipe or a device. */
export function writeInto(path: string, content: Uint8Array): void {
  attempt(() => {
    const descriptor = openSync(path, constants.O_WRONLY);
    try {
      writeAll(descriptor, content);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Replaces a file's content, all at once or not at all: another file beside it takes its name, mode and owner. */
export function replace(path: string, content: Uint8Array, { mode, uid, gid }: Stats): void {
  put(path, content, 0o600, (descriptor, other) => {
    try {
      fchownSync(descriptor, uid, gid);
    } catch {
      // Who may not give files away keeps what they wrote.
    }
    chmodSync(other, mode & 0o7777);
  });
}

/** Makes a file with its content, all at once or not at all. */
export function create(path: string, content: Uint8Array): void {
  // The process's mask takes away from the mode.
  put(path, content, 0o666, () => {});
}

function put(path: string, content: Uint8Array, mode: number, finish: (descriptor: number, path: string) => void): void {
  const folder = dirname(path);
  const other = `${folder}/.seamlint-${randomBytes(6).toString("hex")}`;
  lock();
  try {
    attempt(() => {
      const descriptor = openSync(other, "wx", mode);
      try {
        try {
          writeAll(descriptor, content);
          finish(descriptor, other);
          fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
        renameSync(other, path);
      } catch (error) {
        rmSync(other, { force: true });
        throw error;
      }
    });
    syncFolder(folder);
  } finally {
    unlock();
  }
}

/** The new name is on the disk when the folder is; not every file system can be asked for that. */
function syncFolder(folder: string): void {
  if (isWindows) return;
  try {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Then it is there a little later.
  }
}

/** What the thread that hears interrupts shares with the one that works. */
export interface Shared {
  /** 1 while a file is written, or once an interrupt is to end the process. */
  lock: Int32Array;
  /** By descriptor: the main thread alone knows its terminal. */
  columns: (number | undefined)[];
  module: WebAssembly.Module;
}

const shared = isMainThread ? undefined : (workerData as Shared);

/** Takes the lock. An interrupt does not give it back: the process ends. */
export function lock(of: Shared | undefined = shared): void {
  if (of) while (Atomics.compareExchange(of.lock, 0, 0, 1) !== 0) Atomics.wait(of.lock, 0, 1);
}

function unlock(): void {
  if (!shared) return;
  Atomics.store(shared.lock, 0, 0);
  Atomics.notify(shared.lock, 0);
}

/** The work has to go on in another thread: one that works hears no signals. */
export class Elsewhere extends Error {}

/** From now on an interrupt ends the process when the file that is being written has its name. */
export function finishBeforeInterrupts(): void {
  if (isMainThread) throw new Elsewhere();
}

const stream = (descriptor: number): NodeJS.WriteStream => (descriptor === 1 ? process.stdout : process.stderr);

export const isTerminal = (descriptor: number): boolean => isatty(descriptor);

/** How many columns the terminal has that shows a stream, if it knows. */
export function columns(descriptor: number): number | undefined {
  if (!isTerminal(descriptor)) return undefined;
  // One that nobody has told has 0.
  return (shared ? shared.columns[descriptor] : stream(descriptor).columns) || undefined;
}

/** Whether a stream shows colour, by the same variables as the native command, in the same order. */
export function showsColour(descriptor: number): boolean {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, CI } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (CLICOLOR_FORCE) return true;
  if (CLICOLOR === "0") return false;
  const isAble = isWindows ? TERM !== "dumb" : TERM !== undefined && TERM !== "dumb";
  return isTerminal(descriptor) && (isAble || CLICOLOR !== undefined || CI !== undefined);
}
