/** Keeps books of the present code as those of a release: see kept.ts. */
import { join } from "node:path";
import { keep, KEPT } from "./kept.ts";

const [version = ""] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version)) {
  console.error("name the version that is released: keep.ts 0.1.0");
  process.exit(2);
}
await keep(join(KEPT, version));
console.log(`kept in ${join(KEPT, version)}`);
