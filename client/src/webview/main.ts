import { showComparison } from "./compare";
import { element, host } from "./dom";
import { showGraph } from "./graph";
import { showVariables } from "./variables";
import type { ToPage } from "./messages";

// The script of the extension's pages: draws what the extension sends, and asks for it when it is ready.
const page = document.querySelector("main") ?? document.body;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case "comparison":
      showComparison(data, page);
      break;
    case "graph":
      showGraph(data.graph, page);
      break;
    case "variables":
      showVariables(data.projects, page);
      break;
    case "nothing":
      page.replaceChildren(element("p", { role: "status" }, data.text));
      break;
  }
});

host.postMessage({ type: "ready" });
