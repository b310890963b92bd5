/**
 * What is made when it is first asked for. The tables are many, and a program that only wants to be up would pay for all of them
 * at every start: they take as long as a third of the client's own code.
 */
/* @__NO_SIDE_EFFECTS__ */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
