/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatInstant } from "@amazon-pay-kit/money";
import type { Child } from "hono/jsx";
import { Castle, Document, page } from "../../checkout/pages/document.tsx";
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { INSPECTOR_ROOT } from "./inspector-root.ts";
import { OBJECT_KINDS } from "./object-kinds.ts";

/** A page of the inspector. */
export interface InspectorPageProps {
  readonly title: string;
  /** Path below the root of the navigation's entry that it belongs to: ``, `/objects/charges`, `/clock`. */
  readonly section: string;
  /** Whether the page shows changes as they happen. */
  readonly live?: boolean;
  /** Stands beside the heading. */
  readonly aside?: Child;
  readonly children?: Child;
}

const SECTIONS: readonly { readonly path: string; readonly title: string }[] = [
  { path: "", title: "Calls" },
  { path: "/changes", title: "Changes" },
  { path: "/notifications", title: "Notifications" },
  { path: "/money", title: "Money" },
  { path: "/clock", title: "Clock" },
  { path: "/faults", title: "Faults" },
];

/** The answer with a page: navigation, heading, content. */
export function inspectorPage(context: SandboxContext, props: InspectorPageProps, status = 200): Answer {
  const { engine } = context;
  const now = formatInstant(Math.floor(engine.now() / 1000) * 1000);
  return page(
    <Document
      language="en"
      title={`${props.title} – Amazon Pay sandbox`}
      style={`${INSPECTOR_ROOT}/inspector.css`}
      script={`${INSPECTOR_ROOT}/inspector.js`}
    >
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="top">
        <a class="home" href={INSPECTOR_ROOT}>
          <Castle />
          <span>Amazon Pay sandbox</span>
        </a>
        <p class="now">
          <span class="quiet">Sandbox time</span>{" "}
          <time id="now" datetime={now}>
            {now.replace("T", " ").replace("Z", " UTC")}
          </time>
        </p>
        {props.live === true ? (
          <button type="button" class="pause" id="pause" aria-pressed="false">
            Pause
          </button>
        ) : null}
      </header>
      <nav aria-label="Inspector">
        <ul>
          {SECTIONS.map((section) => (
            <li>
              <NavLink path={section.path} title={section.title} here={props.section === section.path} />
            </li>
          ))}
        </ul>
        <h2 id="objects-heading">Objects</h2>
        <ul aria-labelledby="objects-heading">
          {OBJECT_KINDS.map((kind) => (
            <li>
              <NavLink
                path={`/objects/${kind.kind}`}
                title={kind.title}
                here={props.section === `/objects/${kind.kind}`}
                count={kind.size(engine)}
              />
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabindex={-1}>
        <div class="heading">
          <h1>{props.title}</h1>
          {props.aside}
        </div>
        <p id="message" role="status" aria-live="polite"></p>
        <div id="live" data-live={props.live === true ? "yes" : "no"}>
          {props.children}
        </div>
      </main>
    </Document>,
    { status, script: `${INSPECTOR_ROOT}/inspector.js` },
  );
}

function NavLink(props: {
  readonly path: string;
  readonly title: string;
  readonly here: boolean;
  readonly count?: number;
}) {
  return (
    <a href={INSPECTOR_ROOT + props.path} aria-current={props.here ? "page" : undefined}>
      <span>{props.title}</span>
      {props.count === undefined ? null : <span class="count">{props.count}</span>}
    </a>
  );
}
