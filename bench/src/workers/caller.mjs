/**
 * Sends requests that are ready to be sent, a given number at a time, each on a connection of its own that stays open. Bare sockets,
 * because an HTTP client would cost more than the servers that it is to measure.
 */
import { connect } from "node:net";
import { serveWorks } from "../serve-works.mjs";

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/** Length of the answer at the start of the bytes; `null` while it has not come whole. */
function answerLength(bytes) {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return null;
  const text = bytes.toString("latin1", 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text);
  if (length !== null) {
    const end = head + 4 + Number(length[1]);
    return bytes.length >= end ? end : null;
  }
  return bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK) ? bytes.length : null;
}

/** One connection: asks, waits for the whole answer, asks again. */
function shard(port, next, answered) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let bytes = Buffer.alloc(0);
    const ask = () => {
      const request = next();
      if (request === undefined) socket.end();
      else socket.write(request);
    };
    socket.once("connect", ask);
    socket.on("data", (piece) => {
      bytes = bytes.length === 0 ? piece : Buffer.concat([bytes, piece]);
      const end = answerLength(bytes);
      if (end === null) return;
      try {
        answered(bytes.toString("utf8", 0, end));
      } catch (error) {
        socket.destroy();
        reject(error);
        return;
      }
      bytes = bytes.subarray(end);
      ask();
    });
    socket.once("error", reject);
    socket.once("close", resolve);
  });
}

serveWorks({
  async call({ url, requests, inFlight, expect, idOf }, timer) {
    const waiting = requests.map((request) => Buffer.from(request));
    const ids = [];
    const id = idOf === undefined ? null : new RegExp(idOf);
    const answered = (text) => {
      if (!text.startsWith(`HTTP/1.1 ${expect} `))
        throw new Error(`expected ${expect}, the answer is ${text.slice(0, 600)}`);
      if (id !== null) ids.push(id.exec(text)[1]);
    };
    let at = 0;
    timer.begin();
    await Promise.all(Array.from({ length: inFlight }, () => shard(new URL(url).port, () => waiting[at++], answered)));
    timer.stop();
    return { ids };
  },
});
