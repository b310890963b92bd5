/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageTexts } from "../locales/page-texts.ts";
import { HostedPage } from "./hosted-page.tsx";

/** What an error page tells the merchant's developer. */
export interface ErrorPageProps {
  readonly texts: PageTexts;
  readonly store: string;
  /** As the live page names it: `InvalidSignatureError`, `UnrecognizedField`, … */
  readonly code: string;
  readonly message: string;
  /** Likeliest first. */
  readonly causes: readonly string[];
  /** Texts to compare with one's own: the string to sign, the names of members. */
  readonly details: readonly { readonly name: string; readonly text: string }[];
  /** The merchant's page. */
  readonly returnUrl: string | null;
}

/** A checkout that cannot begin or go on. */
export function ErrorPage(props: ErrorPageProps) {
  const { texts } = props;
  return (
    <HostedPage texts={texts} store={props.store} title={texts.fill("errorTitle")}>
      <p class="alert" role="alert">
        <span>
          {texts.fill("errorCode")}: <code>{props.code}</code>
        </span>
        <span>{props.message}</span>
      </p>
      {props.causes.length === 0 ? null : (
        <section>
          <h2>{texts.fill("errorCauses")}</h2>
          <ul class="causes">
            {props.causes.map((cause) => (
              <li>{cause}</li>
            ))}
          </ul>
        </section>
      )}
      {props.details.length === 0 ? null : (
        <section>
          <h2>{texts.fill("errorDetails")}</h2>
          <dl class="seen">
            {props.details.map((detail) => (
              <div>
                <dt>{detail.name}</dt>
                <dd>
                  <pre tabindex={0}>{detail.text}</pre>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <p class="note">
        <a href="/_sandbox/ui">{texts.fill("errorSeeEvents")}</a>
      </p>
      <div class="ways">
        {props.returnUrl === null ? null : (
          <a class="main" href={props.returnUrl}>
            {texts.fill("returnToShop")}
          </a>
        )}
      </div>
    </HostedPage>
  );
}
