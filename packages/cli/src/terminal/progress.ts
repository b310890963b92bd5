import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Paint } from "./paint.ts";
import type { Screen } from "./terminal.ts";
import { fit } from "./width.ts";

/** Shows how far long work has come. */
export interface Progress {
  /** Says what is being done, and how far it is: `update("loading rows", 120, 400)`. */
  update(what: string, done?: number, total?: number): void;
  /** Leaves a line that stays. */
  note(text: string): void;
  /** Takes the moving line away. */
  end(): void;
}

const REDRAW_MILLIS = 80;
const PLAIN_MILLIS = 5000;
const BAR = 24;

/**
 * Progress on the error stream: one moving line when a person watches, a plain line every five seconds when a log does,
 * nothing when `quiet`.
 */
export function progressOn(screen: Screen, clock: Clock, paint: Paint, quiet = false): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  let previous = "";
  const clear = (): void => {
    if (shown) screen.write("\r\u001B[2K");
    shown = false;
  };
  return {
    update(what, done, total) {
      if (quiet) return;
      const now = clock.now();
      const changed = what !== previous;
      if (!screen.isTTY) {
        if (!changed && now - last < PLAIN_MILLIS) return;
        [last, previous] = [now, what];
        screen.write(`${what}${done === undefined ? "" : ` ${done}${total === undefined ? "" : `/${total}`}`}\n`);
        return;
      }
      if (!changed && now - last < REDRAW_MILLIS && done !== total) return;
      [last, previous] = [now, what];
      clear();
      const filled =
        done === undefined || total === undefined || total === 0
          ? undefined
          : Math.min(BAR, Math.floor((done * BAR) / total));
      const bar =
        filled === undefined ? "" : `${paint("cyan", "█".repeat(filled))}${paint("dim", "░".repeat(BAR - filled))} `;
      const count = done === undefined ? "" : ` ${done}${total === undefined ? "" : ` of ${total}`}`;
      screen.write(
        `${bar}${fit(`${what}${count}`, Math.max(10, screen.columns - (filled === undefined ? 1 : BAR + 2)))}`,
      );
      shown = true;
    },
    note(text) {
      if (quiet) return;
      clear();
      screen.write(`${text}\n`);
    },
    end() {
      clear();
    },
  };
}
