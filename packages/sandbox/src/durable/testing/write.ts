import { State } from "../../engine/state.ts";
import { Journal } from "../journal.ts";

/** Writes to a journal without end, indexes it all the time, and prints what it has written for good; for tests that kill it. */
const journal = new Journal(process.argv[2] ?? "", { smallest: 3_000_000, unindexed: 1 });
const state = new State(journal);
journal.load(state);
const things = state.extra<{ readonly count: number; readonly text?: string }>("things");
const text = "x".repeat(500);
for (let count = (things.get("count")?.count ?? 0) + 1; ; count += 1) {
  things.put(`t${count % 50}`, { count, text });
  things.put("count", { count });
  journal.commit();
  journal.flush();
  journal.tidy(state);
  console.log(count);
  await new Promise((resolve) => setImmediate(resolve));
}
