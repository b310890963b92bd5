import { startSandbox } from "@amazon-pay-kit/sandbox";
import { EXIT } from "../errors.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
import { SANDBOX_OPTIONS } from "../sandbox/control-client.ts";
import { untilStopped } from "./dashboard.ts";
import { exceptionsList } from "./exceptions.ts";
import { explain } from "./explain.ts";
import { logs } from "./logs.ts";
import { sandboxBuyer, sandboxClock, sandboxFault, sandboxNotify, sandboxReset } from "./sandbox-control.ts";
import { settlementsList, settlementsShow } from "./settlements.ts";
import { trigger } from "./trigger.ts";

const ROWS = {
  exceptionsList,
  explain,
  logs,
  sandboxBuyer,
  sandboxClock,
  sandboxFault,
  sandboxNotify,
  sandboxReset,
  settlementsList,
  settlementsShow,
  trigger,
};

export const mcp: CommandRow = {
  name: "mcp",
  summary: "serve docs, sandbox and books to coding assistants (MCP)",
  description:
    "Speaks the Model Context Protocol on stdin and stdout: an assistant can search and read the documentation, look up operations and reason codes, steer a running sandbox, and read (never change) the books: explain, exceptions, settlements. Ends when its input does.",
  options: [
    ...SANDBOX_OPTIONS,
    { flags: "--start-sandbox", help: "start a sandbox on free ports, for as long as the assistant is connected" },
  ],
  examples: [
    ["apay mcp", "what the configuration of an assistant names as the command"],
    ["apay mcp --start-sandbox", "with a sandbox of its own"],
  ],
  async run(context, input) {
    // The protocol's own package is large, and no other command needs it.
    const [{ StdioServerTransport }, { serveTools }, { toolsOf }] = await Promise.all([
      import("@modelcontextprotocol/sdk/server/stdio.js"),
      import("../mcp/serve.ts"),
      import("../mcp/tools.ts"),
    ]);
    const { input: from, out } = context.terminal;
    const own = flag(input, "startSandbox")
      ? await startSandbox({ port: 0, httpsPort: 0, clock: context.clock })
      : undefined;
    const address = (): string | undefined => own?.ready.http ?? text(input, "sandbox");
    const into = { write: (piece: string | Uint8Array) => (out.write(piece), true), once: () => undefined };
    const ended = new Promise<void>((resolve) => {
      from.once("end", resolve);
      from.once("close", resolve);
    });
    try {
      const transport = new StdioServerTransport(from as never, into as never);
      const server = await serveTools(toolsOf(context, ROWS, address), transport);
      await Promise.race([ended, untilStopped(context.signal)]);
      await server.close();
    } finally {
      await own?.close();
    }
    return EXIT.done;
  },
};
