/**
 * Does some work once the events that have already come are dealt with, so that what they asked for can be done together.
 * No time passes for it: with nothing else to do it is done at once.
 *
 * @example
 * if (waiting.push(answer) === 1) afterPendingEvents(() => sendAll(waiting.splice(0)));
 */
export function afterPendingEvents(work: () => void): void {
  if (typeof setImmediate === "function") setImmediate(work);
  else setTimeout(work, 0);
}
