import type { Clock } from "./clock.ts";
import { onAbort } from "./on-abort.ts";

/** The real clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (millis, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        ignore?.();
        resolve();
      }, millis);
      const ignore = signal === undefined ? undefined : onAbort(signal, stop);
    }),
  alarm: (millis, ring) => {
    const timer = setTimeout(ring, millis);
    return () => {
      clearTimeout(timer);
    };
  },
};
