/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child, FC } from "hono/jsx";

/** What every page's document begins with, whoever reads it: also those who are not signed in, or refused. */
export const DocumentHead: FC<{ readonly title: string; readonly children?: Child }> = ({ title, children }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{`${title} – Amazon Pay Kit`}</title>
    <link rel="stylesheet" href="/assets/style.css" />
    {children}
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
  </head>
);
