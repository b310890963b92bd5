/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatInstant } from "@amazon-pay-kit/money";
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { Moment } from "../frame/marks.tsx";
import { ControlForm, Field } from "./control-form.tsx";

const STEPS = [
  { text: "30 seconds", advance: "PT30S" },
  { text: "1 hour", advance: "PT1H" },
  { text: "1 day", advance: "P1D" },
  { text: "7 days", advance: "P7D" },
  { text: "1 month", advance: "P1M" },
] as const;

const SHOWN = 100;

/** The sandbox's clock, ways to move it, and what it will bring. */
export function clockPage(context: SandboxContext): Answer {
  const { engine } = context;
  const tasks = [...engine.state.tasks.values()].sort((left, right) => left.due - right.due);
  const now = seconds(engine.now());
  return inspectorPage(context, {
    title: "Clock",
    section: "/clock",
    live: true,
    children: (
      <>
        <dl class="facts">
          <div>
            <dt>Sandbox</dt>
            <dd>{now}</dd>
          </div>
          <div>
            <dt>Machine</dt>
            <dd>{seconds(context.clock.now())}</dd>
          </div>
        </dl>
        <h2>Move it</h2>
        <div class="steps">
          {STEPS.map((step) => (
            <ControlForm method="POST" path="/clock" submit={`+ ${step.text}`}>
              <input type="hidden" name="advance" value={step.advance} />
            </ControlForm>
          ))}
        </div>
        <ControlForm method="POST" path="/clock" submit="Advance">
          <Field id="advance" name="advance" label="By (ISO 8601)" placeholder="P2DT3H" required />
        </ControlForm>
        <ControlForm method="POST" path="/clock" submit="Set">
          <Field id="now-field" name="now" label="To" value={now} required />
        </ControlForm>
        <h2>Start anew</h2>
        <ControlForm
          method="POST"
          path="/reset"
          submit="Reset the sandbox"
          confirm="Forget every object, call and rule, and be as after start?"
        />
        <h2>{`Scheduled tasks: ${tasks.length}`}</h2>
        {tasks.length === 0 ? <p class="nothing">Nothing is due.</p> : null}
        <ol class="tasks">
          {tasks.slice(0, SHOWN).map((item) => (
            <li>
              <Moment at={item.due} now={engine.now()} /> <strong>{item.kind}</strong>{" "}
              <span class="quiet">{item.subject}</span>
            </li>
          ))}
        </ol>
      </>
    ),
  });
}

function seconds(instant: number): string {
  return formatInstant(Math.floor(instant / 1000) * 1000);
}
