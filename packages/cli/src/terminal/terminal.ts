import type { Readable, Writable } from "node:stream";

/** A stream to write to, as a person or a program sees it. */
export interface Screen {
  write(text: string | Uint8Array): void;
  /** Waits until the other end has taken most of what was written, so that a slow reader never fills the memory. */
  drained(): Promise<void>;
  /** Whether a person watches. */
  readonly isTTY: boolean;
  /** Width in characters; 80 when unknown. */
  readonly columns: number;
}

/** Everything that a command may touch of the process it runs in; tests give their own. */
export interface Terminal {
  /** Results. */
  readonly out: Screen;
  /** Progress, logs and errors. */
  readonly err: Screen;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborts when the user presses Ctrl-C or the process is told to end. */
  readonly signal: AbortSignal;
}

function screen(stream: Writable & { isTTY?: boolean; columns?: number }): Screen {
  return {
    write: (text) => void stream.write(text),
    drained: () =>
      stream.writableNeedDrain
        ? new Promise((resolve) => {
            stream.once("drain", resolve);
          })
        : Promise.resolve(),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 80;
    },
  };
}

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
  return {
    out: screen(process.stdout),
    err: screen(process.stderr),
    input: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    signal,
  };
}
