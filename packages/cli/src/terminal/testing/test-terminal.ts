import { Readable } from "node:stream";
import type { Screen, Terminal } from "../terminal.ts";

/** A terminal that keeps what was written. */
export interface TestTerminal extends Terminal {
  readonly written: { out: string; err: string };
  /** Ends what runs, as Ctrl-C does. */
  stop(): void;
}

/** Nobody watches, nothing is typed, and the environment is empty. */
export function testTerminal(
  cwd: string,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly columns?: number;
    readonly isTTY?: boolean;
  } = {},
): TestTerminal {
  const written = { out: "", err: "" };
  const screen = (name: "out" | "err"): Screen => ({
    write: (text) => {
      written[name] += typeof text === "string" ? text : new TextDecoder().decode(text);
    },
    drained: () => Promise.resolve(),
    isTTY: options.isTTY === true,
    columns: options.columns ?? 80,
  });
  const ended = new AbortController();
  return {
    written,
    stop: () => ended.abort(new Error("stopped by the test")),
    out: screen("out"),
    err: screen("err"),
    input: Readable.from([]),
    env: options.env ?? {},
    cwd,
    signal: ended.signal,
  };
}
