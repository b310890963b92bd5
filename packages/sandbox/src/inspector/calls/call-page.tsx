/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SandboxEvent, SignatureFinding } from "../../events/event.ts";
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { isApiPath } from "../../api/choose-operation.ts";
import { CompareCall } from "../compare/compare-page.tsx";
import { ControlForm } from "../control/control-form.tsx";
import { notFound } from "../frame/not-found.tsx";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { Json, Mark, Moment, stateTone, statusTone, Text } from "../frame/marks.tsx";
import { hrefOfObject } from "../frame/object-kinds.ts";
import { CallCode } from "./call-code.tsx";

/** One call: request, answer, signature with its explanation, and what it changed. */
export function callPage(context: SandboxContext, eventId: string): Answer {
  const event = /^\d{1,15}$/.test(eventId) ? context.events.find(Number(eventId))?.event : undefined;
  if (event === undefined) return notFound(context, "", "This call is not in the log (any more).");
  const { request, response } = event;
  return inspectorPage(context, {
    title: `${request.method} ${request.path}`,
    section: "",
    children: (
      <>
        <dl class="facts">
          <Fact term="Answer">
            <Mark tone={statusTone(response.status)}>{response.status}</Mark>
          </Fact>
          <Fact term="Time">
            <Moment at={event.at} />
          </Fact>
          {event.operation === null ? null : <Fact term="Operation">{event.operation}</Fact>}
          {event.merchantId === null ? null : (
            <Fact term="Merchant">
              <a href={hrefOfObject("merchants", event.merchantId)}>{event.merchantId}</a>
            </Fact>
          )}
          {event.environment === null ? null : <Fact term="Environment">{event.environment}</Fact>}
          {event.requestId === null ? null : <Fact term="Request id">{event.requestId}</Fact>}
          {event.fault === null ? null : (
            <Fact term="Fault put in">
              <Mark tone="wait">{event.fault}</Mark>
            </Fact>
          )}
        </dl>
        {event.signature === null ? null : <Signature finding={event.signature} />}
        <Changes event={event} />
        <Again event={event} />
        <CallCode context={context} event={event} />
        <CompareCall context={context} event={event} />
        <div class="sides">
          <section>
            <h2>Request</h2>
            {request.query === "" ? null : <Text text={request.query.replaceAll("&", "\n")} label="Query" />}
            <Headers headers={request.headers} />
            {request.body === null ? <p class="quiet">No body</p> : <Body value={request.body} label="Request body" />}
          </section>
          <section>
            <h2>Answer</h2>
            <Headers headers={response.headers} />
            {response.body === null ? <p class="quiet">No body</p> : <Body value={response.body} label="Answer body" />}
          </section>
        </div>
      </>
    ),
  });
}

/** Buttons that send the call once more. */
function Again({ event }: { readonly event: SandboxEvent }) {
  const path = `/events/${event.eventId}/replay`;
  const withKey = event.request.method === "POST" && isApiPath(event.request.path);
  const again = (as: string, text: string) => (
    <ControlForm method="POST" path={path} submit={text}>
      <input type="hidden" name="as" value={as} />
    </ControlForm>
  );
  return (
    <section>
      <h2>Send it again</h2>
      <div class="steps">
        {isApiPath(event.request.path) ? again("same-request", "Same request, signed anew") : null}
        {withKey ? again("new-request", "New idempotency key") : null}
        {again("same-bytes", "Exactly as it came")}
      </div>
      {withKey ? (
        <p class="quiet">The same request has the same idempotency key, so the service repeats its first answer.</p>
      ) : null}
    </section>
  );
}

function Fact(props: { readonly term: string; readonly children?: unknown }) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd>{props.children as string}</dd>
    </div>
  );
}

function Body(props: { readonly value: unknown; readonly label: string }) {
  return typeof props.value === "string" ? (
    <Text text={props.value} label={props.label} />
  ) : (
    <Json value={props.value} label={props.label} />
  );
}

function Headers(props: { readonly headers: Readonly<Record<string, string>> }) {
  return (
    <dl class="headers">
      {Object.entries(props.headers).map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Signature(props: { readonly finding: SignatureFinding }) {
  const { finding } = props;
  return (
    <section class={finding.valid ? "signature" : "signature wrong"}>
      <h2>
        Signature <Mark tone={finding.valid ? "good" : "bad"}>{finding.valid ? "valid" : "wrong"}</Mark>
      </h2>
      {finding.explanation === null ? null : (
        <p class="explanation">
          <strong>{finding.explanation.cause}</strong> {finding.explanation.advice}
        </p>
      )}
      <p class="quiet">{[finding.algorithm, finding.publicKeyId].filter((text) => text !== null).join(" · ")}</p>
      {finding.canonicalRequest === null ? null : (
        <details open={!finding.valid}>
          <summary>Canonical request and string to sign</summary>
          <Text text={finding.canonicalRequest} label="Canonical request" />
          {finding.stringToSign === null ? null : <Text text={finding.stringToSign} label="String to sign" />}
        </details>
      )}
    </section>
  );
}

function Changes(props: { readonly event: SandboxEvent }) {
  const { changes } = props.event;
  if (changes.length === 0) return null;
  return (
    <section>
      <h2>What it changed</h2>
      <ul class="changes">
        {changes.map((change) => (
          <li>
            <a href={hrefOfObject(change.object, change.id)}>{change.id}</a>{" "}
            {change.from === null ? null : <span>{change.from} → </span>}
            <Mark tone={stateTone(change.to)}>{change.to}</Mark>{" "}
            {change.reasonCode === null ? null : <span class="quiet">{change.reasonCode}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
