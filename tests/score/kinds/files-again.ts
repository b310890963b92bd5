import type { Kind, Site } from "../inject.ts";
import type { ReportFile } from "../movements.ts";

/** The file of a week comes once more, in another form with the same contents. */
function again(kind: string, change: (site: Site, file: ReportFile) => ReportFile): Kind {
  return {
    kind,
    what: "trap",
    weeks: 1,
    inject: (site) => () => {
      const [file] = site.week().files;
      if (file !== undefined) site.week().files.push(change(site, file));
    },
  };
}

const renamed = (file: ReportFile, name: string): ReportFile => ({
  ...file,
  name: file.name.replace(".csv", `${name}.csv`),
});

/** Files that come again and say nothing new. */
export const FILE_AGAIN_KINDS: readonly Kind[] = [
  again("the same file twice", (site, file) => ({ ...renamed(file, " copy"), later: site.pick([true, false]) })),
  again("the rows in another order", (site, file) => ({
    ...renamed(file, " sorted"),
    rows: file.rows.toReversed(),
    later: site.pick([true, false]),
  })),
  again("other line ends, and no byte order mark", (site, file) => ({
    ...renamed(file, " saved"),
    spoil: (text) => {
      const bare = text.replace(/^\uFEFF/, "");
      return bare.includes("\r\n") ? bare.replaceAll("\r\n", "\n") : bare.replaceAll("\n", "\r\n");
    },
    later: site.pick([true, false]),
  })),
  again("amounts without commas", (site, file) => ({
    ...renamed(file, " plain"),
    spoil: (text) =>
      text.replaceAll(
        /"(-?\d{1,3}(?:,\d{3})+(?:\.\d\d)?)"/g,
        (_cell, amount: string) => `"${amount.replaceAll(",", "")}"`,
      ),
    later: site.pick([true, false]),
  })),
];
