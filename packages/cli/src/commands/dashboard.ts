import { startDashboard } from "@amazon-pay-kit/dashboard";
import { listAccountIds } from "@amazon-pay-kit/ledger";
import { hex } from "@amazon-pay-kit/sdk/random";
import { workingBooks } from "../dashboard/working-books.ts";
import { withBooks } from "../books/open.ts";
import { portOf } from "../options/port.ts";
import { EXIT } from "../errors.ts";
import { flag, text, texts, type CommandRow } from "../program/command.ts";

export const dashboard: CommandRow = {
  name: "dashboard",
  summary: "show the books in a browser",
  description:
    "Serves the dashboard on loopback until stopped. It opens with the link that is printed: other users of this machine have no token and see nothing. To give others access, pass --host and either --token or, behind a proxy that authenticates users, --identity-header. The dashboard is read-only unless --allow-changes is given, or the books are still empty: then it leads through the first account, its reports and a bank statement.",
  options: [
    { flags: "--port <port>", help: "port (default: 8581; 0 picks a free one)" },
    { flags: "--host <host>", help: "address to listen on (default: 127.0.0.1)" },
    {
      flags: "--token <token>",
      help: "access token (default: a fresh one); APAY_DASHBOARD_TOKEN keeps it out of the process list",
    },
    { flags: "--no-token", help: "let every user and program of this machine read the books" },
    { flags: "--identity-header <name>", help: "header in which the proxy passes the user name" },
    {
      flags: "--allow-host <host>",
      help: "additional host name to accept, with its port unless that is 80 or 443",
      repeat: true,
    },
    { flags: "--allow-changes", help: "allow users to explain and reopen exceptions" },
  ],
  examples: [
    ["apay dashboard", "on http://127.0.0.1:8581"],
    ["apay dashboard --host 0.0.0.0 --token $SECRET --allow-host books.example:8581", "for the office"],
  ],
  run: (context, input) =>
    withBooks(context, async (books) => {
      const identityHeader = text(input, "identityHeader");
      const open = input.options["token"] === false;
      const given = text(input, "token") ?? context.terminal.env["APAY_DASHBOARD_TOKEN"];
      const token = open || identityHeader !== undefined ? undefined : (given ?? hex(context.random, 16));
      // Nobody's work can be changed in empty books: whoever opens them is led from the first account to the first statement.
      const empty = context.config().accounts.size === 0 && (await listAccountIds({ store: books.store })).length === 0;
      const first = empty && (token !== undefined || identityHeader !== undefined);
      if (first) context.info("the books are empty: account, reports and a first statement are set up in the browser");
      const running = await startDashboard({
        views: { store: books.store },
        books: workingBooks(context, books),
        host: text(input, "host"),
        port: portOf(text(input, "port"), "--port", 8581),
        token,
        identityHeader,
        onRefusal: (from, recent) =>
          context.info(`a wrong token was tried from ${from}; ${recent} within the last minute`),
        hosts: texts(input, "allowHost"),
        allowChanges: flag(input, "allowChanges") || first,
        secret: hex(context.random, 32),
        timeZone: context.config().timeZone,
        now: () => context.clock.now(),
      });
      if (open) context.info("--no-token: every user and program of this machine can read these books");
      if (context.json) context.document({ url: running.url, link: running.link });
      else context.info(`dashboard on ${running.link} (Ctrl-C ends it)`);
      await untilStopped(context.signal);
      await running.close();
      return EXIT.done;
    }),
};

/** Resolves when the user has had enough. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
