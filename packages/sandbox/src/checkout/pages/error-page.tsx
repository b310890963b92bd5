import type { Wording } from "../locales/wording.ts";
import { HostedPage } from "./hosted-page.tsx";

/** What an error page tells the merchant's developer. */
export interface ErrorPageProps {
  readonly wording: Wording;
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
  const { wording } = props;
  return (
    <HostedPage wording={wording} store={props.store} title={wording.say("errorTitle")}>
      <p class="alert" role="alert">
        <span>
          {wording.say("errorCode")}: <code>{props.code}</code>
        </span>
        <span>{props.message}</span>
      </p>
      {props.causes.length === 0 ? null : (
        <section>
          <h2>{wording.say("errorCauses")}</h2>
          <ul class="causes">
            {props.causes.map((cause) => (
              <li>{cause}</li>
            ))}
          </ul>
        </section>
      )}
      {props.details.length === 0 ? null : (
        <section>
          <h2>{wording.say("errorDetails")}</h2>
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
        <a href="/_sandbox/ui">{wording.say("errorSeeEvents")}</a>
      </p>
      <div class="ways">
        {props.returnUrl === null ? null : (
          <a class="main" href={props.returnUrl}>
            {wording.say("returnToShop")}
          </a>
        )}
      </div>
    </HostedPage>
  );
}
