"use strict";

/** Runs the functions on this machine, with the events that a function URL gives them. */
const { createServer } = require("node:http");

const { PORT = "3000" } = process.env;
process.env.SHOP ??= `http://localhost:${PORT}`;
const functions = require("./checkout.js");

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const url = new URL(request.url, process.env.SHOP);
    const event = {
      version: "2.0",
      rawPath: url.pathname,
      queryStringParameters: Object.fromEntries(url.searchParams),
      requestContext: { http: { method: request.method } },
      headers: request.headers,
      body: Buffer.concat(chunks).toString("base64"),
      isBase64Encoded: true,
    };
    const called = url.pathname === "/ipn" ? functions.notifications(event) : functions.handler(event);
    called.then(
      ({ statusCode, headers, body }) => response.writeHead(statusCode, headers).end(body),
      (error) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
}).listen(Number(PORT), "127.0.0.1", () => console.log(`open ${process.env.SHOP}`));
