import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { REASON_CODES } from "@amazon-pay-kit/sdk/operations";
import { REMEDIES } from "../../packages/cli/src/mcp/remedies.ts";
import { REASON_STATUS } from "../../packages/sandbox/src/api/reason-codes.ts";
import { expect, it } from "vitest";

const page = fileURLToPath(new URL("../../docs/troubleshooting.md", import.meta.url));
const BEGIN = "<!-- reason codes: npm run docs -->";
const END = "<!-- /reason codes -->";

/** What the classes of errors are called, by the situation. */
const TITLES: Readonly<Record<string, string>> = {
  "api.signature": "The signature (`SignatureError`)",
  "api.authentication": "Keys and accounts (`AuthenticationError`)",
  "api.invalid-request": "The request (`InvalidRequestError`)",
  "api.idempotency": "Idempotency keys (`IdempotencyError`)",
  "api.amount": "Amounts (`AmountError`)",
  "api.not-found": "Objects that are not there (`NotFoundError`)",
  "api.state": "States (`StateError`)",
  "api.declined": "Declines (`DeclinedError`)",
  "api.throttled": "Too many calls (`ThrottledError`)",
  "api.service": "Faults of the service (`ServiceError`)",
};

function tables(): string {
  return Object.entries(TITLES)
    .map(([situation, title]) => {
      const codes = REASON_CODES[situation as keyof typeof REASON_CODES];
      const rows = codes.map((code) => {
        const status = (REASON_STATUS as Readonly<Record<string, number>>)[code] ?? 429;
        return `| \`${code}\` | ${status} | ${REMEDIES[code].means} | ${REMEDIES[code].remedy} |`;
      });
      return [`### ${title}`, "", "| Reason code | Status | Means | Do |", "|---|---|---|---|", ...rows, ""].join("\n");
    })
    .join("\n");
}

it("docs/troubleshooting.md has every reason code; npm run docs writes it anew", () => {
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const wanted = `${before}${BEGIN}\n\n${tables()}\n${END}${rest.split(END)[1] ?? ""}`;
  if (process.env["WRITE_DOCS"] === "true") writeFileSync(page, wanted);
  expect(readFileSync(page, "utf8")).toBe(wanted);
  expect(Object.keys(TITLES).sort()).toEqual(Object.keys(REASON_CODES).sort());
});
