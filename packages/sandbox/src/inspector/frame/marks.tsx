/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatMillis } from "@amazon-pay-kit/money";

/** How a status or state is coloured; the words say it too. */
export type Tone = "good" | "wait" | "bad" | "plain";

/** A small word in a frame. */
export function Mark(props: { readonly tone: Tone; readonly children?: string | number | null }) {
  return <span class={`mark ${props.tone}`}>{props.children}</span>;
}

/** Tone of an HTTP status. */
export function statusTone(status: number): Tone {
  return status >= 500 ? "bad" : status >= 400 ? "wait" : status >= 200 ? "good" : "plain";
}

const TONES: Readonly<Record<string, Tone>> = {
  Open: "wait",
  AuthorizationInitiated: "wait",
  CaptureInitiated: "wait",
  RefundInitiated: "wait",
  NonChargeable: "wait",
  IN_PROGRESS: "wait",
  waiting: "wait",
  held: "wait",
  Completed: "good",
  Chargeable: "good",
  Authorized: "good",
  Captured: "good",
  Refunded: "good",
  COMPLETED: "good",
  delivered: "good",
  injected: "good",
  active: "good",
  Declined: "bad",
  Canceled: "bad",
  FAILED: "bad",
  failed: "bad",
  lost: "bad",
  suspended: "bad",
};

/** Tone of an object's state. */
export function stateTone(state: string): Tone {
  return TONES[state] ?? "plain";
}

/** A moment on the sandbox's clock: the time of the day, and the date where it is another day than today's. */
export function Moment(props: { readonly at: number; readonly now?: number }) {
  const text = formatMillis(props.at);
  const [date = "", time = ""] = text.replace("Z", "").split("T");
  const today = props.now !== undefined && formatMillis(props.now).startsWith(date);
  return (
    <time datetime={text} title={text}>
      {today ? time.slice(0, 12) : `${date} ${time.slice(0, 8)}`}
    </time>
  );
}

/** JSON, to be read. */
export function Json(props: { readonly value: unknown; readonly label: string }) {
  return <Text text={JSON.stringify(props.value, null, 2) ?? ""} label={props.label} />;
}

/** A long text, with a button that copies it. */
export function Text(props: { readonly text: string; readonly label: string }) {
  return (
    <div class="text">
      <button type="button" class="copy" data-copy>
        Copy
      </button>
      <pre tabindex={0} role="region" aria-label={props.label}>
        {props.text}
      </pre>
    </div>
  );
}
