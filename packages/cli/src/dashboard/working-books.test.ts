import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDashboardApp } from "@amazon-pay-kit/dashboard";
import { type Ledger, reconcile } from "@amazon-pay-kit/ledger";
import { afterPendingEvents, manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
} from "../../../ledger/src/reconcile/testing/books-fixture.ts";
import { contextOf } from "../program/context.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { workingBooks } from "./working-books.ts";

const NOW = Date.UTC(2026, 2, 1);
const ORIGIN = "http://127.0.0.1:8581";

/** Two payouts that the bank has booked as one, in words that do not name Amazon, and a rent. */
const MERGED =
  "Date;Description;Amount\n02.01.2026;RENT;-1.200,00\n20.01.2026;WIRE 8841;1.293,60\n27.02.2026;RENT;-1.200,00\n";

describe("the work of the bank, in the browser and without scripts", () => {
  let ledger: Ledger;
  let folder: string;
  let app: ReturnType<typeof createDashboardApp>;
  beforeEach(async () => {
    ledger = await booksFixture();
    folder = mkdtempSync(join(tmpdir(), "apay-working-books-"));
    for (const [id, day, amount, net] of [
      ["5000000001", "08", "700.00", "679.70"],
      ["5000000002", "15", "632.90", "613.90"],
    ] as const) {
      const from = Number(day) - 7;
      await load(
        ledger,
        settlementFile(id, `2026-01-${String(from).padStart(2, "0")}T00:00:00`, `2026-01-${day}T00:00:00`, [
          capture(
            `2026-01-${String(from + 1).padStart(2, "0")}T10:00:00`,
            `P01-1111111-100000${day}-C100001`,
            amount,
            (Number(net) - Number(amount) + 0.3).toFixed(2),
          ),
          transfer(`2026-01-${String(Number(day) - 1).padStart(2, "0")}T10:00:00`, net),
        ]),
      );
    }
    await reconcile(ledger);
    const context = contextOf(testTerminal(folder), manualClock(NOW), systemRandom, {});
    const { store } = ledger;
    const open = { ledger, store, books: ledger, reconcile: () => reconcile(ledger) };
    app = createDashboardApp({
      views: { store },
      books: workingBooks(context, open),
      access: { isHost: () => true, localUser: "mara" },
      secret: "s",
      readOnly: false,
      now: () => NOW,
    });
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = async (path: string): Promise<string> => (await app.request(`${ORIGIN}${path}`)).text();
  const tokenIn = (html: string): string => /name="_token" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const post = async (path: string, form: FormData | URLSearchParams): Promise<Response> =>
    app.request(`${ORIGIN}${path}`, { method: "POST", body: form });
  const send = async (bytes: string | Uint8Array<ArrayBuffer>, name = "umsatz.csv"): Promise<string> => {
    const form = new FormData();
    form.set("_token", tokenIn(await get("/bank/import")));
    form.set("file", new File([bytes], name));
    const answer = await post("/bank/import", form);
    expect(answer.status).toBe(303);
    return answer.headers.get("location") ?? "";
  };
  /** Sends a form with its token. */
  const submit = async (action: string, given: readonly (readonly [string, string])[]): Promise<string> => {
    const fields = new URLSearchParams([
      ["_token", tokenIn(await get("/bank/import"))],
      ...given.map(([n, v]) => [n, v] as [string, string]),
    ]);
    const answer = await post(action, fields);
    expect(answer.status, await answer.clone().text()).toBe(303);
    return answer.headers.get("location") ?? "";
  };
  const lines = async (): Promise<number> =>
    (await ledger.store.db.selectFrom("bank_line").select("line").execute()).length;

  it("reads a long statement in pieces, between which other pages have their turn", async () => {
    const text = `Date;Description;Amount;Currency\n${"02.01.2026;RENT OF A LONG MONTH;-1.200,00;EUR\n".repeat(8000)}`;
    const preview = await send(text);
    const done = new AbortController();
    const turns = (async (): Promise<number> => {
      for (let count = 0; ; count += 1) {
        if (done.signal.aborted) return count;
        await new Promise<void>((resolve) => afterPendingEvents(resolve));
      }
    })();
    expect(await get(preview)).toContain("Import 8,000 lines");
    done.abort();
    expect(await turns).toBeGreaterThan(text.length / 16_384);
  });

  it("asks what a statement leaves open, shows what it holds, and keeps nothing until that is confirmed", async () => {
    const preview = await send(MERGED);
    const asked = await get(preview);
    expect(asked).toContain("In which currency is it?");
    expect(await lines()).toBe(0);
    const answered = await get(`${preview}?currency=EUR`);
    for (const shown of [
      "WIRE 8841",
      "What would be imported",
      "2 Jan 2026 – 27 Feb 2026",
      "1,293.60",
      "2,400.00",
      "Import 3 lines",
    ])
      expect(answered, shown).toContain(shown);
    // The answer goes with the form that confirms.
    expect(answered).toContain('<input type="hidden" name="currency" value="EUR"/>');
    expect(await lines()).toBe(0);
    const done = await submit(preview, [["currency", "USD"]]);
    expect(done).toMatch(/^\/bank\?.*did=import/);
    expect(await get(done)).toContain("3 lines were imported");
    expect(await lines()).toBe(3);
    // What was confirmed is gone, and comes back as known.
    expect((await app.request(`${ORIGIN}${preview}`)).status).toBe(404);
    expect(await get(`${await send(MERGED)}?currency=USD`)).toContain("there is nothing to import");
  });

  it("turns a wrong separator, days and columns into questions with the choices of the file", async () => {
    const wrong = await get(`${await send(MERGED)}?separator=,`);
    expect(wrong).toContain("Which sign stands between the cells?");
    expect(wrong).toContain('<option value=";">semicolon ;</option>');
    const unknown = await get(await send("Wann,Was,Wieviel\n2026-01-02,RENT,-10.00\n", "unknown.csv"));
    expect(unknown).toContain("Which column holds what?");
    expect(unknown).toContain('<option value="Wieviel">Wieviel</option>');
    const both = await get(await send("Date,Description,Amount\n03/04/2026,RENT,1.000\n", "both.csv"));
    for (const question of ["How are days written?", "How are amounts written?", "In which currency"])
      expect(both, question).toContain(question);
    const error = await get(`${await send("Date,Description,Amount\n2026-01-02,RENT,ten\n", "e.csv")}?currency=USD`);
    expect(error).toMatch(/1 line could not be read[\s\S]*line 2/);
    const pdf = await get(await send("%PDF-1.7\n", "scan.pdf"));
    expect(pdf).toMatch(/PDF/);
    expect((await app.request(`${ORIGIN}${await send(MERGED)}?decimal=x`)).status).toBe(400);
  });

  it("refuses files without a token, of others, too large ones, and those of nobody", async () => {
    const form = new FormData();
    form.set("file", new File([MERGED], "a.csv"));
    expect((await post("/bank/import", form)).status).toBe(403);
    const empty = new FormData();
    empty.set("_token", tokenIn(await get("/bank/import")));
    expect((await post("/bank/import", empty)).status).toBe(400);
    empty.set("file", new File([new Uint8Array(33 * 1024 * 1024)], "large.csv"));
    expect((await post("/bank/import", empty)).status).toBe(413);
    expect((await app.request(`${ORIGIN}/bank/import/abc`)).status).toBe(404);
    const lost = await post("/bank/import/abc", new URLSearchParams([["_token", tokenIn(await get("/bank/import"))]]));
    expect(lost.status).toBe(400);
  });

  it("suggests the payouts of a merged deposit with their rule, matches them, undoes it, and takes picked ones", async () => {
    const preview = await send(MERGED);
    await submit(preview, [["currency", "USD"]]);
    const page = await get("/bank/match");
    expect(page).toMatch(
      /Suggestions[\s\S]*WIRE 8841[\s\S]*5000000001[\s\S]*5000000002[\s\S]*several payouts in one deposit/,
    );
    const deposit = /name="deposit" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const payouts = [...page.matchAll(/type="checkbox" name="payout" value="([^"]+)"/g)].map(
      ([, value]) => value ?? "",
    );
    expect(payouts.toSorted()).toEqual(["shop 5000000001", "shop 5000000002"]);
    const done = await submit("/bank/match", [["deposit", deposit], ...payouts.map((one) => ["payout", one] as const)]);
    const after = await get(done);
    expect(after).toMatch(/Matched\.[\s\S]*Every deposit of your statements belongs to a payout/);
    expect((await reconcile(ledger)).settlements.map((one) => one.bank)).toEqual(["matched", "matched"]);
    await submit("/bank/unmatch", [["deposit", deposit]]);
    expect((await reconcile(ledger)).settlements.map((one) => one.bank)).toEqual(["differs", "differs"]);

    // One of them only: what lies between is explained with the reason, and booked.
    const one = await submit("/bank/match", [
      ["deposit", deposit],
      ["payout", "shop 5000000001"],
      ["reason", "other"],
      ["note", "the rest is another shop's"],
    ]);
    expect(await get(one)).not.toContain("A difference is left");
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.map(({ code }) => code)).toEqual(["bank.missing-deposit"]);
    const kept = await ledger.store.db.selectFrom("hand_match").select(["who", "undone_who"]).execute();
    expect(kept.map(({ who, undone_who }) => [who, undone_who])).toEqual([
      ["mara", "mara"],
      ["mara", "mara"],
      ["mara", null],
    ]);
    const bare = new URLSearchParams([["_token", tokenIn(page)]]);
    expect((await post("/bank/match", bare)).status).toBe(400);
  });

  it("withdraws a statement with a note, and shows that it does not count", async () => {
    const preview = await send(MERGED);
    const done = await submit(preview, [["currency", "USD"]]);
    const id = /statement=(\d+)/.exec(done)?.[1] ?? "";
    const path = `/bank/statements/${id}?account=shop`;
    expect(await get(path)).toContain("WIRE 8841");
    await submit(`/bank/statements/${id}/withdraw?account=shop`, [["note", "wrong bank"]]);
    expect(await lines()).toBe(0);
    expect(await get(path)).toMatch(/withdrawn[\s\S]*mara · wrong bank/);
    expect(await get("/bank/statements.csv")).toContain("mara: wrong bank");
    expect((await app.request(`${ORIGIN}/bank/statements/999`)).status).toBe(404);
  });

  it("closes a month when nothing is in its way, gives its pack, tells what changed, and opens it again", async () => {
    const blocked = await get("/close?month=2026-01");
    expect(blocked).toMatch(/Settlement reports reach to the end of the month without a gap[\s\S]*in the way/);
    expect(blocked).not.toContain("Close Jan 2026");
    // What stands in the way is no error: the answer says so.
    expect(await submit("/close/2026-01", [])).toContain("did=blocked");
    await load(
      ledger,
      settlementFile("5000000003", "2026-01-15T00:00:00", "2026-02-01T00:00:00", [
        capture("2026-01-16T10:00:00", "P01-1111111-1000016-C100001", "100.00", "-2.90"),
        transfer("2026-01-30T10:00:00", "96.80"),
      ]),
    );
    await reconcile(ledger);
    expect(await get("/close?month=2026-01")).toContain("Close Jan 2026");
    const draft = await app.request(`${ORIGIN}/close/2026-01/pack.html`);
    expect(draft.headers.get("content-disposition")).toContain("amazon-pay-2026-01-draft.html");
    const closed = await submit("/close/2026-01", [["note", "signed by mara"]]);
    expect(await get(closed)).toMatch(/The month is closed[\s\S]*closed on[\s\S]*mara · signed by mara/);
    const pack = await app.request(`${ORIGIN}/close/2026-01/pack.xlsx`);
    expect(pack.headers.get("content-disposition")).toContain('"amazon-pay-2026-01.xlsx"');
    expect((await pack.arrayBuffer()).byteLength).toBeGreaterThan(2000);
    expect(await submit("/close/2026-01/reopen", [["note", "a report came late"]])).toContain("did=reopened");
    expect((await app.request(`${ORIGIN}/close?month=2026-13`)).status).toBe(400);
    expect(await get("/close?month=2026-01&lang=de")).toContain("Kontoauszüge reichen bis zum Monatsende");
  });

  it("sorts settlements and payouts by money, from the largest, and says in the head which way", async () => {
    const order = (html: string): string[] => [
      ...new Set([...html.matchAll(/>(500000000\d)</g)].map(([, id]) => id ?? "")),
    ];
    for (const path of ["/settlements?sort=activity", "/bank?list=payouts&sort=amount"]) {
      const [up, down] = [await get(path), await get(path.replace("sort=", "sort=-"))];
      expect([order(up), order(down)], path).toEqual([
        ["5000000002", "5000000001"],
        ["5000000001", "5000000002"],
      ]);
      expect(down).toContain('aria-sort="descending"');
    }
    for (const path of ["/settlements?sort=toString", "/bank?list=payouts&sort=x", "/bank?list=lines&sort=x"])
      expect((await app.request(`${ORIGIN}${path}`)).status, path).toBe(400);
    expect(await get("/")).toMatch(/First steps[\s\S]*Import a bank statement/);
  });

  it("lists claims, records one as claimed, and downloads the journal of a settlement", async () => {
    const preview = await send(MERGED);
    await submit(preview, [["currency", "USD"]]);
    const page = await get("/claims");
    expect(page).toMatch(/Payout that did not arrive[\s\S]*679\.70/);
    const id = /type="checkbox" name="id" value="([^"]+)"/.exec(page)?.[1] ?? "";
    await submit("/exceptions/explain", [
      ["id", id],
      ["reason", "claim"],
      ["note", "case 123"],
    ]);
    expect(await get("/claims")).not.toContain(id);
    expect(await get("/claims?status=claimed")).toContain(id.split(" ")[1]);
    expect(await get("/claims.csv?status=all")).toContain("missing-deposit,679.70");
    const journal = await app.request(`${ORIGIN}/settlements/5000000001/journal.csv?account=shop`);
    expect(journal.headers.get("content-disposition")).toContain("journal-5000000001.csv");
    expect(await journal.text()).toContain("5000000001");
    expect(await get("/settlements/5000000001?account=shop&currency=USD&q=C100001")).toContain(
      "P01-1111111-10000008-C100001".slice(0, 12),
    );
    expect(await get("/settlements/5000000001?account=shop&currency=USD&q=nowhere")).toContain(
      "No row fits these filters",
    );
  });

  it("shows the versions of a settlement that came again, with what differs, and takes the decision", async () => {
    await load(
      ledger,
      settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-08T00:00:00", [
        capture("2026-01-02T10:00:00", "P01-1111111-10000008-C100001", "701.00", "-20.00"),
        transfer("2026-01-07T10:00:00", "680.70"),
      ]),
    );
    await reconcile(ledger);
    const path = "/settlements/5000000001?account=shop&currency=USD";
    const page = await get(path);
    expect(page).toMatch(/Versions[\s\S]*waits for a decision[\s\S]*What it says differently/);
    const version = /name="version" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? "";
    expect(
      (await submit("/settlements/5000000001/accept?account=shop&currency=USD", [["version", version]])).startsWith(
        path.split("?")[0] ?? "",
      ),
    ).toBe(true);
    expect(await get(path)).not.toContain("waits for a decision");
  });
});
