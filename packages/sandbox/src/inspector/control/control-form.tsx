/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { SandboxContext } from "../../module.ts";

/**
 * A form that becomes a call of the control plane: the page's script sends its fields as JSON and shows what is
 * answered. An empty field is left out; a dot in a field's name makes an object.
 */
export function ControlForm(props: {
  readonly title?: string;
  readonly method: "POST" | "DELETE";
  /** Below `/_sandbox`. `{name}` is filled from the field of that name. */
  readonly path: string;
  readonly submit: string;
  /** Asked before it is sent. */
  readonly confirm?: string | undefined;
  readonly children?: Child;
}) {
  return (
    <form class="control" data-method={props.method} data-control={props.path} data-confirm={props.confirm}>
      {props.title === undefined ? null : <h3>{props.title}</h3>}
      <div class="fields">
        {props.children}
        <button type="submit">{props.submit}</button>
      </div>
    </form>
  );
}

/** A labelled field. */
export function Field(props: {
  readonly label: string;
  readonly name: string;
  readonly id: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** Sent as a number. */
  readonly number?: boolean;
  readonly required?: boolean;
  /** Sent only where another field has this value, as `name=value`. */
  readonly only?: string;
}) {
  return (
    <p class="field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        name={props.name}
        value={props.value}
        placeholder={props.placeholder}
        required={props.required}
        inputmode={props.number === true ? "numeric" : undefined}
        data-number={props.number === true ? "yes" : undefined}
        data-only={props.only}
        autocomplete="off"
      />
    </p>
  );
}

/** A labelled choice. */
export function Choose(props: {
  readonly label: string;
  readonly name: string;
  readonly id: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** Value that is chosen at first. Default: the first. */
  readonly chosen?: string | undefined;
}) {
  return (
    <p class="field">
      <label for={props.id}>{props.label}</label>
      <select id={props.id} name={props.name}>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.chosen}>
            {option.text}
          </option>
        ))}
      </select>
    </p>
  );
}

/** The sandbox's merchants as options. */
export function merchantOptions(context: SandboxContext): readonly { readonly value: string; readonly text: string }[] {
  return [...context.engine.state.merchants.values()].map((merchant) => ({
    value: merchant.merchantId,
    text: `${merchant.storeName} (${merchant.merchantId})`,
  }));
}
