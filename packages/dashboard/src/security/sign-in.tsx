/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FC } from "hono/jsx";
import type { Translate } from "../locales/texts.ts";
import { DocumentHead } from "../components/document-head.tsx";

/** Path of the form that asks for the token. */
export const SIGN_IN = "/sign-in";

/** Path that ends the session. */
export const SIGN_OUT = "/sign-out";

/** What the page says, and where it leads to. */
export interface SignInOptions {
  readonly translate: Translate;
  /** BCP 47 tag of the language. */
  readonly tag: string;
  /** Whether a token was given, and was not the right one. */
  readonly wrong: boolean;
  /** The path that was asked for. */
  readonly back: string;
}

/** The page that asks for the token. It is sent by POST: what stands in an address is kept in histories and logs. */
const SignIn: FC<SignInOptions> = ({ translate, tag, wrong, back }) => (
  <html lang={tag}>
    <DocumentHead title={translate("sign in")} />
    <body>
      <main>
        <h1>{translate("sign in")}</h1>
        {wrong ? (
          <p class="message bad" role="alert">
            {translate("token wrong")}
          </p>
        ) : null}
        <section class="panel">
          <p>{translate("token needed")}</p>
          <form class="filters" method="post" action={SIGN_IN}>
            <input type="hidden" name="back" value={back} />
            <label>
              {translate("token")}
              <input type="password" name="token" required autocomplete="current-password" size={40} />
            </label>
            <button type="submit">{translate("sign in")}</button>
          </form>
        </section>
      </main>
    </body>
  </html>
);

/** The whole page as HTML. */
export function signInPage(options: SignInOptions): string {
  return `<!doctype html>${String(<SignIn {...options} />)}`;
}
