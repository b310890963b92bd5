import { FAULT_KINDS } from "../../faults/fault.ts";
import type { House } from "../../room.ts";
import type { Answer } from "../../server/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { Json, Moment } from "../frame/marks.tsx";
import { Choose, ControlForm, Field } from "./control-form.tsx";

interface Faults {
  readonly faults: readonly Readonly<Record<string, unknown>>[];
  readonly hits: readonly {
    readonly at: number;
    readonly fault: string;
    readonly method: string;
    readonly path: string;
  }[];
}

const METHODS = ["", "GET", "POST", "PATCH", "DELETE"];

/** Rules by which calls go wrong, and the calls that did. */
export async function faultsPage(house: House): Promise<Answer> {
  const { faults, hits } = (await house.control("GET", "/faults")) as Faults;
  return inspectorPage(house, {
    title: "Faults",
    section: "/faults",
    live: true,
    children: (
      <>
        <ControlForm title="Let calls go wrong" method="POST" path="/faults" submit="Add">
          <Choose
            id="fault"
            name="fault"
            label="Fault"
            options={FAULT_KINDS.map((kind) => ({ value: kind, text: kind }))}
          />
          <Field id="status" name="status" label="Status (for status)" value="503" number />
          <Choose
            id="method"
            name="match.method"
            label="Method"
            options={METHODS.map((method) => ({ value: method, text: method === "" ? "any" : method }))}
          />
          <Field id="path" name="match.path" label="Path" placeholder="/v2/charges*" />
          <Field id="skip" name="skip" label="Skip first" placeholder="0" number />
          <Field id="times" name="times" label="Times" placeholder="1" number />
        </ControlForm>
        <ControlForm method="DELETE" path="/faults" submit="Remove all" />
        <h2>In force</h2>
        {faults.length === 0 ? <p class="nothing">No rule.</p> : null}
        {faults.map((fault) => (
          <Json value={fault} label={`Fault ${String(fault["faultId"])}`} />
        ))}
        <h2>Calls that went wrong</h2>
        {hits.length === 0 ? <p class="nothing">None yet.</p> : null}
        <ol class="agenda">
          {hits
            .slice(-100)
            .reverse()
            .map((hit) => (
              <li>
                <Moment at={hit.at} now={house.engine.now()} /> <strong>{hit.fault}</strong>{" "}
                <span class="quiet">{`${hit.method} ${hit.path}`}</span>
              </li>
            ))}
        </ol>
      </>
    ),
  });
}
