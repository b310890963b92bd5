interface Listening {
  readonly acts: Set<() => void>;
  readonly tell: () => void;
}

const listening = new WeakMap<AbortSignal, Listening>();

/**
 * Does something when a signal aborts. However many wait for the same signal, it has one listener: Node.js warns of a leak from
 * the eleventh on, and any number of calls may share a signal.
 *
 * @returns what takes it back
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  let found = listening.get(signal);
  if (found === undefined) {
    const acts = new Set<() => void>();
    const tell = (): void => {
      listening.delete(signal);
      for (const one of acts) one();
    };
    found = { acts, tell };
    listening.set(signal, found);
    signal.addEventListener("abort", tell, { once: true });
  }
  const { acts, tell } = found;
  acts.add(act);
  return () => {
    acts.delete(act);
    if (acts.size > 0 || listening.get(signal)?.acts !== acts) return;
    listening.delete(signal);
    signal.removeEventListener("abort", tell);
  };
}
