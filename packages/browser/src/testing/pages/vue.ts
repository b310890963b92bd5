import { AmazonPayButton, AmazonPayChangeAction } from "@amazon-pay-kit/browser/vue";
import { createApp, defineComponent, h, onMounted, ref } from "vue";
import { countReady, pageNonce, report, sessionId, shopData } from "./shop.ts";

const nonce = pageNonce();
const data = await shopData();

const App = defineComponent(() => {
  const path = ref(location.pathname);
  onMounted(() => {
    document.querySelector("#to-cart")?.addEventListener("click", () => (path.value = "/cart"));
    document.querySelector("#to-home")?.addEventListener("click", () => (path.value = "/"));
    document.documentElement.dataset["loaded"] = "yes";
  });
  const { region, scriptUrl } = data;
  return () => {
    if (path.value === "/cart")
      return h(AmazonPayButton, { ...data, nonce, onProblem: report, onReady: () => countReady() });
    if (path.value !== "/review") return h("p");
    const change = { checkoutSessionId: sessionId(), changeAction: "changeAddress", region, scriptUrl, nonce } as const;
    return h("div", { id: "change" }, [h(AmazonPayChangeAction, change, () => "Change address")]);
  };
});

createApp(App).mount("main");
