/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SandboxEvent } from "../../events/event.ts";
import type { SandboxContext } from "../../module.ts";
import { curlCode } from "../code/curl-code.ts";
import { sdkCode } from "../code/sdk-code.ts";
import { testCode } from "../code/test-code.ts";
import { Text } from "../frame/marks.tsx";

/** The call as a program: by the client, for a shell, as a test. */
export function CallCode({ context, event }: { readonly context: SandboxContext; readonly event: SandboxEvent }) {
  const sdk = sdkCode(event);
  const test = testCode(context.engine, context.events.list(), event);
  return (
    <section>
      <h2>Copy it</h2>
      <Program summary="As a call of the SDK" text={sdk} none="No method of the client makes this call." />
      <Program summary="As a script with curl" text={curlCode(event, context.origin())} none="" />
      <Program
        summary="As a test"
        text={test}
        none="No client makes this call: its signature is wrong or missing, or it is no operation of API v2."
      />
    </section>
  );
}

function Program(props: { readonly summary: string; readonly text: string | undefined; readonly none: string }) {
  return (
    <details class="program">
      <summary>{props.summary}</summary>
      {props.text === undefined ? <p class="quiet">{props.none}</p> : <Text text={props.text} label={props.summary} />}
    </details>
  );
}
