import type { Clock } from "./clock.ts";

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
        signal?.removeEventListener("abort", stop);
        resolve();
      }, millis);
      signal?.addEventListener("abort", stop, { once: true });
    }),
  alarm: (millis, ring) => {
    const timer = setTimeout(ring, millis);
    return () => {
      clearTimeout(timer);
    };
  },
};
