/** A Vendure server with Amazon Pay, on the PostgreSQL of DATABASE_URL, filled with one product. */
import { readFileSync } from "node:fs";
import { AmazonPayPlugin } from "@amazon-pay-kit/vendure";
import { bootstrap, DefaultLogger, LogLevel } from "@vendure/core";
import { populate } from "@vendure/core/cli/index.js";

const { DATABASE_URL, PORT, SANDBOX } = process.env;
const database = new URL(DATABASE_URL);
const config = {
  apiOptions: { port: Number(PORT), adminApiPath: "admin-api", shopApiPath: "shop-api" },
  authOptions: {
    tokenMethod: ["bearer"],
    requireVerification: false,
    superadminCredentials: { identifier: "admin", password: "only for this example" },
    cookieOptions: { secret: "only for this example" },
  },
  dbConnectionOptions: {
    type: "postgres",
    synchronize: true,
    host: database.hostname,
    port: Number(database.port),
    username: database.username,
    password: database.password,
    database: database.pathname.slice(1),
  },
  logger: new DefaultLogger({ level: LogLevel.Warn }),
  importExportOptions: { importAssetsDir: "." },
  paymentOptions: { paymentMethodHandlers: [] },
  plugins: [
    AmazonPayPlugin.init({
      sandbox: SANDBOX,
      region: "eu",
      reviewUrl: "https://shop.example/review",
      resultUrl: "https://shop.example/result",
      allowPending: true,
    }),
  ],
};
await populate(() => bootstrap(config), JSON.parse(readFileSync("initial-data.json", "utf8")), "products.csv");
console.log("READY");
