/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { FAULT_KINDS } from "../../faults/fault.ts";
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { Mark, Moment } from "../frame/marks.tsx";
import { Choose, ControlForm, Field } from "./control-form.tsx";

/** As `GET /_sandbox/faults` shows it. */
interface ShownFault {
  readonly faultId: string;
  readonly match: { readonly method: string | null; readonly path: string | null };
  readonly fault: string;
  readonly status?: number;
  readonly reasonCode?: string | null;
  readonly delayMs?: number;
  readonly skip: number;
  readonly times: number | "always";
  readonly retryAfter: number | null;
  readonly probability: number | null;
}

interface Faults {
  readonly faults: readonly ShownFault[];
  readonly hits: readonly {
    readonly at: number;
    readonly fault: string;
    readonly method: string;
    readonly path: string;
  }[];
}

const METHODS = ["", "GET", "POST", "PATCH", "DELETE"];

/** Rules by which calls go wrong, and the calls that did. */
export async function faultsPage(context: SandboxContext): Promise<Answer> {
  const { faults, hits } = (await context.control("GET", "/faults")) as Faults;
  return inspectorPage(context, {
    title: "Faults",
    section: "/faults",
    live: true,
    children: (
      <>
        <ControlForm title="Make calls fail" method="POST" path="/faults" submit="Add rule">
          <Choose
            id="fault"
            name="fault"
            label="Fault"
            options={FAULT_KINDS.map((kind) => ({ value: kind, text: kind }))}
          />
          <Field id="status" name="status" label="Status (for status)" value="503" number only="fault=status" />
          <Choose
            id="method"
            name="match.method"
            label="Method"
            options={METHODS.map((method) => ({ value: method, text: method === "" ? "any" : method }))}
          />
          <Field id="path" name="match.path" label="Path" placeholder="/v2/charges*" />
          <Field id="skip" name="skip" label="Calls that pass first" placeholder="0" number />
          <Field id="times" name="times" label="Calls that fail" placeholder="1" number />
        </ControlForm>
        <ControlForm method="DELETE" path="/faults" submit="Remove all rules" />
        <h2>In force</h2>
        {faults.length === 0 ? <p class="nothing">No rule.</p> : null}
        <ul class="cards" aria-label="Rules in force">
          {faults.map((fault) => (
            <FaultRule fault={fault} />
          ))}
        </ul>
        <h2>Calls that went wrong</h2>
        {hits.length === 0 ? <p class="nothing">None yet.</p> : null}
        <ol class="tasks">
          {hits
            .slice(-100)
            .reverse()
            .map((hit) => (
              <li>
                <Moment at={hit.at} now={context.engine.now()} /> <strong>{hit.fault}</strong>{" "}
                <span class="quiet">{`${hit.method} ${hit.path}`}</span>
              </li>
            ))}
        </ol>
      </>
    ),
  });
}

function FaultRule({ fault }: { readonly fault: ShownFault }) {
  const { match, skip, times, status, reasonCode, delayMs, retryAfter, probability } = fault;
  const details = [
    status === undefined ? null : `status ${status}`,
    reasonCode ?? null,
    delayMs === undefined ? null : `${delayMs} ms`,
    retryAfter === null ? null : `Retry-After ${retryAfter} s`,
    skip === 0 ? null : `after ${skip} more`,
    times === "always" ? "every time" : times === 1 ? "once more" : `${times} more times`,
    probability === null ? null : `with probability ${probability}`,
  ];
  return (
    <li>
      <Mark tone={times === 0 ? "plain" : "wait"}>{fault.fault}</Mark> <strong>{match.method ?? "any method"}</strong>{" "}
      <code>{match.path ?? "any path"}</code>{" "}
      <span class="quiet">{details.filter((text) => text !== null).join(" · ")}</span>
    </li>
  );
}
