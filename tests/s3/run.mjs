/** Serves one empty bucket, `books`, on a free port of 127.0.0.1, until the standard input closes. Writes its port when it is ready. */
import S3rver from "s3rver";

const server = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory: process.argv[2],
  configureBuckets: [{ name: "books" }],
});
const { port } = await server.run();
process.stdout.write(`${port}\n`);
process.stdin.resume().on("end", () => process.exit(0));
