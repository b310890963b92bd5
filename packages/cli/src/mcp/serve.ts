import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { z } from "zod";
import { failureOf } from "../program/failure.ts";
import { VERSION } from "../program/version.ts";
import { readPages } from "./pages.ts";
import type { Given, Tool } from "./tools.ts";

const INSTRUCTIONS =
  "Amazon Pay Kit: documentation and API of Amazon Pay, a sandbox on this machine, and the books, which these tools only read. Search the documentation before you write code. Money is decimal text with its currency.";

/** Serves the tools, and the pages as resources, until the connection closes. */
export async function serveTools(tools: readonly Tool[], transport: Transport): Promise<McpServer> {
  const server = new McpServer({ name: "amazon-pay-kit", version: VERSION }, { instructions: INSTRUCTIONS });
  for (const { name, description, readOnly, input, run } of tools) {
    const annotations = { readOnlyHint: readOnly, openWorldHint: false };
    // Strict: an argument that was mistyped must not be passed over.
    const inputSchema = z.strictObject(input);
    server.registerTool(name, { description, inputSchema, annotations }, async (given: Given) => {
      try {
        return { content: [{ type: "text" as const, text: await run(given) }] };
      } catch (error) {
        // An assistant reads what a person would read: what was wrong, and what to do.
        const { code, message, remedy } = failureOf(error);
        const text = `${message}${remedy === undefined ? "" : `\ntry: ${remedy}`}\n(${code})`;
        return { content: [{ type: "text" as const, text }], isError: true };
      }
    });
  }
  for (const { path, title } of readPages()) {
    server.registerResource(path, `apay://${path}`, { title, mimeType: "text/markdown" }, (uri) => {
      const page = readPages().find((each) => each.path === path);
      return { contents: [{ uri: uri.href, mimeType: "text/markdown", text: page?.text ?? "" }] };
    });
  }
  await server.connect(transport);
  return server;
}
