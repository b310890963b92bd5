import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { paintFor } from "../terminal/paint.ts";
import { progressOn } from "../terminal/progress.ts";
import type { Screen, Terminal } from "../terminal/terminal.ts";

const PROGRESS_DELAY_MILLIS = 1000;

/** A terminal that says that a command works when it has been silent for a second, whatever the command. */
export interface DelayedProgress {
  readonly terminal: Terminal;
  /** Takes the words away; the command has ended. */
  end(): Promise<void>;
}

/** Watches over the silence of a command. Nothing is said when `quiet`. */
export function delayedProgress(terminal: Terminal, clock: Clock, name: string, quiet: boolean): DelayedProgress {
  const progress = progressOn(terminal.err, clock, paintFor(terminal.err, terminal.env), quiet);
  const done = new AbortController();
  const broken = (): void => {
    if (done.signal.aborted) return;
    done.abort();
    progress.end();
  };
  const watch = (screen: Screen): Screen => ({
    write(text) {
      broken();
      screen.write(text);
    },
    drained: () => screen.drained(),
    get isTTY() {
      return screen.isTTY;
    },
    get columns() {
      return screen.columns;
    },
  });
  const waiting = clock.sleep(PROGRESS_DELAY_MILLIS, done.signal).then(
    () => {
      if (!done.signal.aborted) progress.update(`${name} …`);
    },
    () => undefined,
  );
  return {
    terminal: { ...terminal, out: watch(terminal.out), err: watch(terminal.err) },
    end: () => {
      broken();
      return waiting;
    },
  };
}
