const { defineConfig } = require("@medusajs/framework/utils");

const pages = { reviewUrl: "https://shop.example/review", resultUrl: "https://shop.example/result" };
const amazonPay = (id, more) => ({
  resolve: "@amazon-pay-kit/medusa",
  id,
  options: { sandbox: process.env.SANDBOX_READY_FILE, region: "eu", ...pages, ...more },
});

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      jwtSecret: "only for this example",
      cookieSecret: "only for this example",
      storeCors: "http://localhost",
      adminCors: "http://localhost",
      authCors: "http://localhost",
    },
  },
  modules: [
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        // Medusa waits five seconds before it looks at a notification; an example need not.
        webhook_delay: 500,
        providers: [amazonPay("eu", { allowPending: true }), amazonPay("now", { captureAtCheckout: true })],
      },
    },
  ],
});
