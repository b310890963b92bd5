import type { StatementEvent } from "../events.ts";
import type { StatementOptions } from "../options.ts";
import { readStatement } from "../read-statement.ts";
import type { StatementSource } from "../source/unpack.ts";

/** Every event of a file, in order. */
export async function collect(source: StatementSource, options: StatementOptions = {}): Promise<StatementEvent[]> {
  const events: StatementEvent[] = [];
  for await (const event of readStatement(source, options)) events.push(event);
  return events;
}
