/**
 * Loaded before the programs of the pages: connections to the live service's hosts arrive at the sandbox, as with a line
 * in the hosts file and the sandbox on port 443. TLS is verified as ever, for the live host's name.
 */
import { Socket } from "node:net";

const { port, hostname } = new URL(process.env.DOCS_SANDBOX);
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (options?.host?.startsWith("pay-api.amazon.")) Object.assign(options, { host: hostname, port: Number(port) });
  return connect.apply(this, args);
};
