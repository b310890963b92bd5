import type { House } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "./inspector-page.tsx";

/** The answer for what is not there. */
export function notFound(house: House, section: string, what: string): Answer {
  return inspectorPage(house, { title: "Not found", section, children: <p class="nothing">{what}</p> }, 404);
}
