import { relative } from "node:path";
import { parseArgs } from "node:util";
import { CreateError, createShop } from "./create-shop.ts";

/** Where a command runs and writes. */
export interface Terminal {
  readonly cwd: string;
  readonly out: { write(text: string): unknown };
  readonly error: { write(text: string): unknown };
}

const HELP = `Writes a small shop with Amazon Pay: checkout, notifications and tests.

  npm create @amazon-pay-kit FOLDER [-- --name NAME]

  FOLDER        a new or an empty folder
  --name NAME   name of the package; default: that of the folder
`;

/**
 * The command.
 *
 * @returns exit status: 0 done, 2 when it cannot be done; then nothing was written
 */
export function main(args: readonly string[], terminal: Terminal): number {
  try {
    const { values, positionals } = read(args);
    if (values.help === true) {
      terminal.out.write(HELP);
      return 0;
    }
    const [folder, more] = positionals;
    if (folder === undefined) throw new CreateError("create.option", `name a folder for the shop\n\n${HELP}`);
    if (more !== undefined) throw new CreateError("create.option", `one folder, please: "${more}" is one too many`);
    const shop = createShop({ folder, name: values.name });
    const below = relative(terminal.cwd, shop.folder) || ".";
    const place = below.startsWith("..") ? shop.folder : below;
    terminal.out.write(
      [
        `${shop.files.length} files in ${place}. Next:`,
        "",
        ...(place === "." ? [] : [`  cd ${/[^\w./-]/.test(place) ? JSON.stringify(place) : place}`]),
        "  npm install",
        "  npm test        buys, is declined and gets a notification, against a sandbox of its own",
        "  npm run dev     the shop and a sandbox; no account needed",
        "",
      ].join("\n"),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof CreateError)) throw error;
    terminal.error.write(`error: ${error.message} (${error.code})\n`);
    return 2;
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new CreateError("create.option", `${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}
