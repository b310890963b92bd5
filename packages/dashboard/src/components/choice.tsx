import type { FC } from "hono/jsx";
import type { Frame } from "../layout/page.tsx";
import type { PlainWord } from "../wording/wording.ts";

/** A choice in a form that filters rows: everything, or one of some values. */
export const Choice: FC<{
  frame: Frame;
  label: PlainWord;
  name: string;
  chosen: string | undefined;
  /** What can be chosen, and how it is called. */
  options: readonly (readonly [value: string, text: string])[];
}> = ({ frame, label, name, chosen, options }) => (
  <label>
    {frame.say(label)}
    <select name={name}>
      <option value="">{frame.say("all")}</option>
      {options.map(([value, text]) => (
        <option value={value} selected={chosen === value}>
          {text}
        </option>
      ))}
    </select>
  </label>
);
