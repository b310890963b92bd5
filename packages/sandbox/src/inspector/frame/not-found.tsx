/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "./inspector-page.tsx";

/** The answer for what is not there. */
export function notFound(context: SandboxContext, section: string, what: string): Answer {
  return inspectorPage(context, { title: "Not found", section, children: <p class="nothing">{what}</p> }, 404);
}
