/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";

/** Something to choose. */
export interface Choice {
  readonly value: string;
  readonly title: Child;
  readonly details?: Child;
  /** Small mark at the end, for example a member's. */
  readonly badge?: string | undefined;
  readonly chosen: boolean;
  /** Why it cannot be chosen. */
  readonly refusal?: string | undefined;
  readonly tone?: "good" | "wait" | "bad" | undefined;
}

/** A group of radio buttons, or of check boxes where several can be chosen. */
export function ChoiceList(props: {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly several?: boolean;
}) {
  const type = props.several === true ? "checkbox" : "radio";
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      {props.choices.map((choice) => {
        const id = `${props.name}-${choice.value}`;
        const refused = choice.refusal !== undefined;
        return (
          <div class={`choice${refused ? " refused" : ""}`}>
            <input
              type={type}
              id={id}
              name={props.name}
              value={choice.value}
              checked={choice.chosen}
              disabled={refused}
              required={type === "radio"}
              aria-describedby={`${id}-details`}
            />
            <label for={id}>
              <span class="title">
                {choice.title}
                {choice.badge === undefined ? null : <span class="badge">{choice.badge}</span>}
              </span>
            </label>
            <div class={`details${choice.tone === undefined ? "" : ` ${choice.tone}`}`} id={`${id}-details`}>
              {choice.details}
              {refused ? <span class="refusal">{choice.refusal}</span> : null}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}
