import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import "./site.css";
import SignRequest from "./SignRequest.vue";
import VersionMenu from "./VersionMenu.vue";

/** VitePress's own theme, with the menu of versions and the form that signs a request. */
export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "nav-bar-content-after": () => h(VersionMenu) }),
  enhanceApp({ app }: { app: { component(name: string, component: object): void } }) {
    app.component("SignRequest", SignRequest);
  },
};
