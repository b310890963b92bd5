/** Looks at pages of the dashboard, one after the other, and notes how long each took. */
import { performance } from "node:perf_hooks";
import { serveWorks } from "../serve-works.mjs";

serveWorks({
  async visit({ urls, holds }) {
    const millis = [];
    for (const [place, url] of urls.entries()) {
      const start = performance.now();
      const answer = await fetch(url);
      const text = await answer.text();
      millis.push(performance.now() - start);
      if (answer.status !== 200 || !text.includes(holds[place])) {
        throw new Error(`${url} answered ${answer.status} without ${holds[place]}`);
      }
    }
    return { millis };
  },
});
