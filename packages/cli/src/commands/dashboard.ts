import { startDashboard } from "@amazon-pay-kit/dashboard";
import { hex } from "@amazon-pay-kit/sdk/random";
import { dashboardBooks } from "../books/for-dashboard.ts";
import { withBooks } from "../books/open.ts";
import { portOf } from "../options/port.ts";
import { EXIT } from "../errors.ts";
import { flag, text, texts, type CommandRow } from "../program/command.ts";

export const dashboard: CommandRow = {
  name: "dashboard",
  summary: "show the books in a browser",
  description:
    "Serves the dashboard on loopback until stopped. To give others access, pass --host and either --token or, behind a proxy that authenticates users, --identity-header. The dashboard is read-only unless --allow-changes is given.",
  options: [
    { flags: "--port <port>", help: "port (default: 8581; 0 picks a free one)" },
    { flags: "--host <host>", help: "address to listen on (default: 127.0.0.1)" },
    { flags: "--token <token>", help: "access token; APAY_DASHBOARD_TOKEN keeps it out of the process list" },
    { flags: "--identity-header <name>", help: "header in which the proxy passes the user name" },
    { flags: "--allow-host <host>", help: "additional host name, with port, to accept", repeat: true },
    { flags: "--allow-changes", help: "allow users to explain and reopen exceptions" },
  ],
  examples: [
    ["apay dashboard", "on http://127.0.0.1:8581"],
    ["apay dashboard --host 0.0.0.0 --token $SECRET --allow-host books.example:8581", "for the office"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ ledger, store, books }) => {
      const running = await startDashboard({
        views: { store },
        books: dashboardBooks(ledger, books),
        host: text(input, "host"),
        port: portOf(text(input, "port"), "--port", 8581),
        token: text(input, "token") ?? context.terminal.env["APAY_DASHBOARD_TOKEN"],
        identityHeader: text(input, "identityHeader"),
        hosts: texts(input, "allowHost"),
        allowChanges: flag(input, "allowChanges"),
        secret: hex(context.random, 32),
        timeZone: context.config().timeZone,
        now: () => context.clock.now(),
      });
      if (context.json) context.document({ url: running.url });
      else context.info(`dashboard on ${running.url} (Ctrl-C ends it)`);
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
