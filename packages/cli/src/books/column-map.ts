import { CliError } from "../errors.ts";

/** A mapping as it is typed: `--map amount=Total --map orderId=Number`, or several in one with commas. */
export function columnMap(given: readonly string[], members: readonly string[]): Record<string, string> {
  const map: Record<string, string> = {};
  for (const pair of given.flatMap((text) => text.split(","))) {
    const at = pair.indexOf("=");
    const member = pair.slice(0, at).trim();
    const column = pair.slice(at + 1).trim();
    if (at < 1 || column === "" || !members.includes(member)) {
      throw new CliError("usage.map", `--map ${pair}: expected MEMBER=COLUMN`, {
        remedy: `the members are ${members.join(", ")}; for example --map ${members[0]}=Total`,
      });
    }
    map[member] = column;
  }
  return map;
}
