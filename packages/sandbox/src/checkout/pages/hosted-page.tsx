/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { PageTexts } from "../locales/page-texts.ts";
import { Castle, Document } from "./document.tsx";

/** What every hosted page shows around its content. */
export interface HostedPageProps {
  readonly texts: PageTexts;
  /** The merchant's shop. */
  readonly store: string;
  readonly title: string;
  readonly lead?: string | undefined;
  /** Where the buyer is on the way, counted from 1. */
  readonly step?: { readonly number: number; readonly total: number } | undefined;
  /** What must be put right before it goes on. */
  readonly alert?: string | undefined;
  readonly script?: string | undefined;
  readonly children?: Child;
}

/** Strip that marks the sandbox, heading, content. */
export function HostedPage(props: HostedPageProps) {
  const { texts, step } = props;
  return (
    <Document
      language={texts.htmlLanguage}
      title={`${props.title} – ${texts.fill("sandboxMark")}`}
      style="/checkout/hosted.css"
      script={props.script}
    >
      <a class="skip" href="#content">
        {texts.fill("skipToContent")}
      </a>
      <header class="strip">
        <Castle />
        <p>
          <strong>{texts.fill("sandboxMark")}</strong> <span>{texts.fill("sandboxNote")}</span>
        </p>
      </header>
      <main id="content" tabindex={-1} data-amazon-pay="page">
        <div class="heading">
          <p class="where">
            <span class="store">{props.store}</span>
            {step === undefined ? null : <span class="step">{texts.fill("step", { ...step })}</span>}
          </p>
          <h1>{props.title}</h1>
          {props.lead === undefined ? null : <p class="lead">{props.lead}</p>}
        </div>
        {props.alert === undefined ? null : (
          <p class="alert" role="alert">
            {props.alert}
          </p>
        )}
        {props.children}
      </main>
    </Document>
  );
}
