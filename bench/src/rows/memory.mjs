/** Memory while a stream much larger than it is read: made on the way, never stored. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "../child.mjs";
import { figure, line } from "../compare.mjs";
import { writeSettlement } from "../settlement-file.mjs";

const PREAMBLE_AND_NAMES = 6;

export const memory = {
  name: "memory",
  async run(scale) {
    const path = join(scale.folder, "block.csv");
    await writeSettlement(path, { rows: 2000 });
    const text = readFileSync(path);
    let at = 0;
    for (let count = 0; count < PREAMBLE_AND_NAMES; count += 1) at = text.indexOf("\n", at) + 1;
    const input = { head: text.subarray(0, at), body: text.subarray(at), bytes: scale.streamBytes };
    const found = await once("read", "stream", input);
    if (found.errors > 0 || found.rows < 2000) throw new Error(`the stream was read wrongly: ${JSON.stringify(found)}`);
    return [
      line({
        work: `read a stream of ${figure(scale.streamBytes / 1e9)} GB`,
        against: "resident memory, all of the process",
        ours: found,
        theirs: null,
        ratio: null,
        value: `${Math.round(found.peakMegabytes)} MB`,
        target: "≤ 200 MB",
        met: found.peakMegabytes <= 200,
        note: `${(found.rows / 1e6).toFixed(1)} M rows, ${figure(scale.streamBytes / 1e6 / found.seconds)} MB a second`,
      }),
    ];
  },
};
