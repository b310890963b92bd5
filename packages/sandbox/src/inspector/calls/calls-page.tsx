/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SandboxEvent } from "../../events/event.ts";
import type { Answer, Call } from "../../http/call.ts";
import type { SandboxContext } from "../../module.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { INSPECTOR_ROOT } from "../frame/inspector-root.ts";
import { Mark, Moment, statusTone } from "../frame/marks.tsx";

/** Words with a meaning of their own, by what stands before the colon. */
const QUALIFIERS: Readonly<Record<string, (event: SandboxEvent, value: string) => boolean>> = {
  __proto__: null as never,
  method: (event, value) => event.request.method.toLowerCase() === value,
  status: (event, value) => matchesStatus(event.response.status, value),
  merchant: (event, value) => event.merchantId?.toLowerCase() === value,
  operation: (event, value) => event.operation?.toLowerCase() === value,
  is: (event, value) => Object.hasOwn(STATES, value) && STATES[value]?.(event) === true,
};

/** Values of `is:`. */
const STATES: Readonly<Record<string, (event: SandboxEvent) => boolean>> = {
  __proto__: null as never,
  refused: (event) => event.response.status >= 400,
  fault: (event) => event.fault !== null,
  unsigned: (event) => event.signature?.valid === false,
  change: (event) => event.changes.length > 0,
};

/** What a search field may say, for its description. */
const FILTER_HINT =
  "words, method:post, status:4xx, operation:createCharge, is:refused, is:fault, is:unsigned, is:change";

/**
 * A test for events by a search text: every word must be found in the call, ids and bodies included; words with a colon
 * ask for one property.
 *
 * @example filterOf("method:post status:4xx S01-1234567")
 */
export function filterOf(search: string): (event: SandboxEvent) => boolean {
  const tests = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word): ((event: SandboxEvent, text: () => string) => boolean) => {
      const at = word.indexOf(":");
      const name = word.slice(0, Math.max(at, 0));
      const qualifier = Object.hasOwn(QUALIFIERS, name) ? QUALIFIERS[name] : undefined;
      if (qualifier === undefined) return (_, text) => text().includes(word);
      return (event) => qualifier(event, word.slice(at + 1));
    });
  return (event) => {
    let text: string | undefined;
    return tests.every((test) => test(event, () => (text ??= JSON.stringify(event).toLowerCase())));
  };
}

/** `404` or `4xx`. */
function matchesStatus(status: number, wanted: string): boolean {
  return /^[1-5]xx$/.test(wanted) ? Math.floor(status / 100) === Number(wanted[0]) : String(status) === wanted;
}

/** How many calls a page shows. */
const SHOWN = 200;

/** The latest calls that a search finds, newest first. */
export function callsPage(context: SandboxContext, call: Call): Answer {
  const search = new URLSearchParams(call.query).get("q") ?? "";
  const all = context.events.list();
  const found = all.filter(filterOf(search)).reverse();
  return inspectorPage(context, {
    title: "Calls",
    section: "",
    live: true,
    aside: (
      <form class="search" role="search" action={INSPECTOR_ROOT} data-search>
        <label for="q">Search</label>
        <input
          id="q"
          name="q"
          type="search"
          value={search}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="q-hint"
        />
        <p id="q-hint" class="hint">
          {FILTER_HINT}
        </p>
      </form>
    ),
    children: (
      <>
        <p class="quiet">
          {search === "" ? "" : `${found.length} of `}
          {all.length === 1 ? "1 call" : `${all.length} calls`}
          {found.length > SHOWN ? `, the latest ${SHOWN} are shown` : ""}
        </p>
        {found.length === 0 ? <Nothing context={context} search={search} /> : null}
        <ul class="rows calls" data-rows>
          {found.slice(0, SHOWN).map((event) => (
            <CallRow event={event} now={context.engine.now()} />
          ))}
        </ul>
      </>
    ),
  });
}

function CallRow(props: { readonly event: SandboxEvent; readonly now: number }) {
  const { event, now } = props;
  const { request, response } = event;
  return (
    <li>
      <a href={`${INSPECTOR_ROOT}/calls/${event.eventId}`} id={`call-${event.eventId}`}>
        <span class="when">
          <Moment at={event.at} now={now} />
        </span>
        <Mark tone={statusTone(response.status)}>{response.status === 0 ? "none" : response.status}</Mark>
        <span class="what">
          <strong>{request.method}</strong> <span class="path">{request.path}</span>
          {request.query === "" ? null : <span class="quiet">?{request.query}</span>}
        </span>
        <span class="flags">
          {event.operation === null ? null : <span class="quiet">{event.operation}</span>}
          {event.signature?.valid === false ? <Mark tone="bad">signature</Mark> : null}
          {event.fault === null ? null : <Mark tone="wait">{`fault: ${event.fault}`}</Mark>}
          {event.changes.map((change) => (
            <Mark tone="plain">{`${change.object} ${change.from === null ? "" : `${change.from} → `}${change.to}`}</Mark>
          ))}
        </span>
      </a>
    </li>
  );
}

function Nothing(props: { readonly context: SandboxContext; readonly search: string }) {
  if (props.search !== "") return <p class="nothing">No call fits.</p>;
  return (
    <div class="nothing">
      <p>No calls yet. Point a client at this sandbox; each call appears here as it is answered.</p>
      <p>
        API base: <code>{props.context.origin()}/v2</code>, script: <code>{props.context.origin()}/checkout.js</code>
      </p>
    </div>
  );
}
