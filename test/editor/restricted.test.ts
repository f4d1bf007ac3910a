import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser";
import { type CodeServer, startCodeServer } from "./codeServer";
import { copyOfExample, type Folder } from "./folder";
import { SHOWN } from "./planted";
import { eventually } from "./poll";
import { Workbench } from "./workbench";

describe("in VS Code's Restricted Mode", function () {
  this.timeout(240_000);
  let server: CodeServer;
  let browser: Browser;
  let folder: Folder;
  let workbench: Workbench;

  before(async () => {
    [server, browser] = await Promise.all([startCodeServer({ trust: "restricted" }), launchBrowser()]);
    folder = copyOfExample();
    workbench = await Workbench.open(browser, server, folder.path);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    folder?.remove();
  });

  it("finds the same, because it never runs the project's code", async () => {
    await workbench.page.locator("#status\\.workspaceTrust").waitFor();
    await workbench.showProblems();
    await eventually(
      "all findings",
      () => workbench.problemCount(),
      (count) => count === SHOWN.length,
    );
    await workbench.screenshot("restricted");
  });
});
