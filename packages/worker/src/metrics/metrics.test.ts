import { expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";
import { serveMetrics } from "./serve.ts";
import { syncMetrics } from "./sync-metrics.ts";

it("escapes what would break a line of the exposition", async () => {
  const metrics = createMetrics();
  metrics.counter("apay_odd_total", "two\nlines").add({ code: 'say "no"\nor \\' });
  expect(await metrics.text()).toBe(
    '# HELP apay_odd_total two lines\n# TYPE apay_odd_total counter\napay_odd_total{code="say \\"no\\"\\nor \\\\"} 1\n',
  );
});

it("counts into every bucket from the first that fits", async () => {
  const metrics = createMetrics();
  const seconds = metrics.histogram("apay_seconds", "how long", [1, 5]);
  seconds.observe(0.5, { kind: "load" });
  seconds.observe(5, { kind: "load" });
  seconds.observe(60, { kind: "load" });
  expect((await metrics.text()).split("\n").slice(2, -1)).toEqual([
    'apay_seconds_bucket{kind="load",le="1"} 1',
    'apay_seconds_bucket{kind="load",le="5"} 2',
    'apay_seconds_bucket{kind="load",le="+Inf"} 3',
    'apay_seconds_sum{kind="load"} 65.5',
    'apay_seconds_count{kind="load"} 3',
  ]);
});

it("adds up what a sync tells", async () => {
  const metrics = createMetrics();
  const listen = syncMetrics(metrics);
  const report = { accountId: "shop", source: "v2", reportId: "R1", reportType: "T" } as const;
  for (const rows of [3, 4]) listen({ ...report, type: "loaded", kind: "settlement", rows, errors: 1, repeats: 0 });
  const text = await metrics.text();
  expect(text).toContain('apay_rows_loaded_total{kind="settlement"} 7\n');
  expect(text).toContain('apay_row_errors_total{kind="settlement"} 2\n');
  expect(text).not.toContain("shop");
});

it("serves figures and health over HTTP", async () => {
  const metrics = createMetrics();
  const gauge = metrics.gauge("apay_waiting", "jobs");
  metrics.onRead(async () => gauge.set(7));
  metrics.onRead(() => Promise.reject(new Error("the database is gone")));
  let well = true;
  const health = async () => {
    if (!well) throw new Error("the database is gone");
    return { ok: true, facts: { running: 2 } };
  };
  const server = await serveMetrics({ metrics, health, port: 0 });
  try {
    const figures = await fetch(`${server.url}/metrics`);
    expect(figures.headers.get("content-type")).toContain("version=0.0.4");
    expect(await figures.text()).toContain("apay_waiting 7\n");
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ ok: true, running: 2 });
    well = false;
    const ill = await fetch(`${server.url}/readyz`);
    expect([ill.status, await ill.json()]).toEqual([503, { ok: false, error: "the database is gone" }]);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/`)).status).toBe(404);
    expect((await fetch(`${server.url}/metrics`, { method: "POST" })).status).toBe(405);
    await expect(serveMetrics({ metrics, port: Number(new URL(server.url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  } finally {
    await server.close();
  }
});
