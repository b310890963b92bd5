import type { Child, FC } from "hono/jsx";
import { raw } from "hono/html";

const STYLE = `
:root { color-scheme: light dark; --ground: #f6f4ef; --panel: #fff; --ink: #22201c; --soft: #5f5a50; --line: #ddd7ca; --accent: #14532d; }
@media (prefers-color-scheme: dark) { :root { --ground: #171614; --panel: #211f1c; --ink: #eee9df; --soft: #b5aea0; --line: #3a362f; --accent: #86d9a6; } }
* { box-sizing: border-box; } body { margin: 0; font: 16px/1.55 Georgia, "Noto Serif", serif; background: var(--ground); color: var(--ink); }
header, main, footer { max-width: 860px; margin: 0 auto; padding: 16px 20px; } header { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: baseline; justify-content: space-between; }
header b { font-size: 22px; } a { color: var(--accent); } .grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); }
article, section { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; } section { margin-bottom: 16px; } h1 { font-size: 26px; } h2 { font-size: 19px; margin: 0 0 6px; }
.price { font-size: 20px; font-weight: 700; } .soft { color: var(--soft); font-size: 14px; } button, .button { font: inherit; background: var(--accent); color: var(--panel); border: 0; border-radius: 7px; padding: 8px 16px; text-decoration: none; display: inline-block; cursor: pointer; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; } .scroll { overflow-x: auto; } .nowrap { white-space: nowrap; } form { display: inline-block; margin: 0 6px 6px 0; }
article { display: flex; flex-direction: column; align-items: flex-start; } article .button { margin-top: auto; } td:last-child form:last-child { margin-bottom: 0; }
@media (max-width: 600px) { thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; } table, tbody, tr, td { display: block; } td { border: 0; padding: 2px 0; } td:empty { display: none; } tr { border-bottom: 1px solid var(--line); padding: 10px 0; } tr:last-child { border: 0; } }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; } dd { margin: 0; } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** The frame of every page of the shop. */
export const ShopPage: FC<{ title: string; children?: Child }> = ({ title, children }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} – Example shop`}</title>
      <style>{raw(STYLE)}</style>
    </head>
    <body>
      <header>
        <b>Example shop</b>
        <nav aria-label="Main">
          <a href="/">Shop</a> · <a href="/sign-in">Sign in</a> · <a href="/orders">Orders (staff)</a>
        </nav>
      </header>
      <main>
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="soft">An example of Amazon Pay Kit. Nothing is sold here.</footer>
    </body>
  </html>
);
