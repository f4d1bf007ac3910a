import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser";
import { type CodeServer, type Host, startCodeServer } from "./codeServer";
import { copyOfExample, type Folder } from "./folder";
import { Workbench } from "./workbench";

/** What a test has to itself: a copy of the example, and a workbench in which it is open. */
export interface Opened {
  readonly folder: Folder;
  readonly workbench: Workbench;
}

/** Opens the example for each test of the suite around it, and keeps what was on the screen where one fails. */
export function inWorkbench(use: (opened: Opened) => void, host: Host = "node"): void {
  let server: CodeServer;
  let browser: Browser;
  let folder: Folder;
  let workbench: Workbench;

  before(async () => {
    [server, browser] = await Promise.all([startCodeServer({ host }), launchBrowser()]);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    folder = copyOfExample();
    workbench = await Workbench.open(browser, server, folder.path);
    use({ folder, workbench });
  });

  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === "failed") await workbench.keepEvidence(test.title);
    await workbench.close();
    folder.remove();
    assert.deepEqual(workbench.foreignRequests, [], "no request may leave the loopback");
  });
}
