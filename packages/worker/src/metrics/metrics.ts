/** Values of the labels of one time series; names as in the Prometheus data model. */
export type Labels = Readonly<Record<string, string | number>>;

/** A counter: a metric that only increases. */
export interface Counter {
  /** @param by default 1 */
  add(labels?: Labels, by?: number): void;
}

/** A gauge: a metric that can go up and down. */
export interface Gauge {
  /** @param value a decimal text is given out as it is: money keeps every digit */
  set(value: number | string, labels?: Labels): void;
}

/** A histogram: values counted in buckets with upper bounds. */
export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

/** Metrics of a running process, in the Prometheus text format. */
export interface Metrics {
  /** Asking twice for a name returns the same metric. */
  counter(name: string, help: string): Counter;
  gauge(name: string, help: string): Gauge;
  /** A figure that only grows and is counted elsewhere, such as by the operating system: set to what it is now. */
  total(name: string, help: string): Gauge;
  /** @param bounds upper bounds of the buckets, rising. Default: 0.05 to 600, for seconds */
  histogram(name: string, help: string, bounds?: readonly number[]): Histogram;
  /** Called before every read, for metrics that are looked up rather than counted. */
  onRead(collect: () => Promise<void>): void;
  /** All figures, in exposition format 0.0.4. A collector that fails leaves its figures as they were. */
  text(): Promise<string>;
}

/** Content type of {@link Metrics.text}. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] as const;

function escaped(value: string | number): string {
  return String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function series(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
}

interface Spread {
  readonly labels: Labels;
  readonly counts: number[];
  sum: number;
  count: number;
}

abstract class Family {
  readonly name: string;
  readonly #head: string;

  constructor(name: string, help: string, type: string) {
    this.name = name;
    this.#head = `# HELP ${name} ${help.replaceAll("\n", " ")}\n# TYPE ${name} ${type}\n`;
  }

  protected abstract lines(): Iterable<string>;

  text(): string {
    return `${this.#head}${[...this.lines()].map((line) => `${line}\n`).join("")}`;
  }
}

class Values extends Family implements Counter, Gauge {
  readonly #values = new Map<string, number | string>();

  add(labels: Labels = {}, by = 1): void {
    const key = series(this.name, labels);
    this.#values.set(key, Number(this.#values.get(key) ?? 0) + by);
  }

  set(value: number | string, labels: Labels = {}): void {
    this.#values.set(series(this.name, labels), value);
  }

  protected *lines(): Generator<string> {
    for (const [key, value] of this.#values) yield `${key} ${value}`;
  }
}

class Spreads extends Family implements Histogram {
  readonly #bounds: readonly number[];
  readonly #spreads = new Map<string, Spread>();

  constructor(name: string, help: string, bounds: readonly number[]) {
    super(name, help, "histogram");
    this.#bounds = bounds;
  }

  observe(value: number, labels: Labels = {}): void {
    const key = series("", labels);
    let spread = this.#spreads.get(key);
    if (spread === undefined) {
      spread = { labels, counts: this.#bounds.map(() => 0), sum: 0, count: 0 };
      this.#spreads.set(key, spread);
    }
    spread.sum += value;
    spread.count += 1;
    for (const [index, bound] of this.#bounds.entries()) if (value <= bound) spread.counts[index]! += 1;
  }

  protected *lines(): Generator<string> {
    for (const { labels, counts, sum, count } of this.#spreads.values()) {
      for (const [index, bound] of this.#bounds.entries())
        yield `${series(`${this.name}_bucket`, { ...labels, le: bound })} ${counts[index] ?? 0}`;
      yield `${series(`${this.name}_bucket`, { ...labels, le: "+Inf" })} ${count}`;
      yield `${series(`${this.name}_sum`, labels)} ${sum}`;
      yield `${series(`${this.name}_count`, labels)} ${count}`;
    }
  }
}

/**
 * Creates an empty set of metrics.
 *
 * @example
 * const metrics = createMetrics();
 * metrics.counter("apay_reports_fetched_total", "Reports whose bytes came").add({ source: "v2" });
 * await metrics.text();
 */
export function createMetrics(): Metrics {
  const families = new Map<string, Family>();
  const collectors: (() => Promise<void>)[] = [];
  const family = <Kind extends Family>(name: string, make: () => Kind): Kind => {
    const known = families.get(name) as Kind | undefined;
    if (known !== undefined) return known;
    const made = make();
    families.set(name, made);
    return made;
  };
  return {
    counter: (name, help) => family(name, () => new Values(name, help, "counter")),
    gauge: (name, help) => family(name, () => new Values(name, help, "gauge")),
    total: (name, help) => family(name, () => new Values(name, help, "counter")),
    histogram: (name, help, bounds = SECONDS) => family(name, () => new Spreads(name, help, bounds)),
    onRead: (collect) => void collectors.push(collect),
    async text() {
      await Promise.allSettled(collectors.map((collect) => collect()));
      return [...families.values()].map((one) => one.text()).join("");
    },
  };
}
