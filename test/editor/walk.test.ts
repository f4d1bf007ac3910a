import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser";
import { type CodeServer, startCodeServer } from "./codeServer";
import { eventually } from "./poll";
import { Workbench } from "./workbench";

const root = join(__dirname, "..", "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name: string; version: string };
const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);

describe("in VS Code, with the packaged extension", function () {
  this.timeout(60_000);
  let server: CodeServer;
  let browser: Browser;
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    [server, browser] = await Promise.all([startCodeServer(vsix), launchBrowser()]);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "shop-"));
    cpSync(join(root, "example"), folder, { recursive: true });
    workbench = await Workbench.open(browser, server, folder);
  });

  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === "failed") await workbench.keepEvidence(test.title);
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(workbench.foreignRequests, [], "no request may leave the loopback");
  });

  /** Waits until a problem whose accessible text holds all the parts is in the Problems panel, and gives the text. */
  async function problem(...parts: string[]): Promise<string> {
    const isIt = (text: string): boolean => parts.every((part) => text.includes(part));
    const rows = await eventually(
      `a problem with ${parts.join(", ")}`,
      () => workbench.problems(),
      (all) => all.some(isIt),
    );
    return rows.find(isIt) ?? "";
  }

  it("fills the Problems panel although no file is open", async () => {
    await workbench.showProblems();
    await problem("SECRET_KEY");
    await workbench.screenshot("problems");
    assert.equal(await workbench.page.locator(".part.editor .tab").count(), 0);
  });

  it("shows a finding and its fix in the file, and the finding goes when the fix is taken", async () => {
    await workbench.openFile("shop/settings/base.py");
    await workbench.squiggles().first().waitFor();
    await workbench.showProblems();
    await problem("SECRET_KEY");
    await workbench.screenshot("squiggles");

    const lines = await workbench.visibleLines();
    const at = lines.findIndex((line) => line.startsWith("SECRET_KEY"));
    await workbench.goTo(at + 1);
    const titles = await workbench.quickFixes();
    await workbench.screenshot("quick-fix");
    const title = titles.find((each) => each.includes("environment"));
    assert.ok(title, `no fix among ${titles.join("; ")}`);
    await workbench.takeQuickFix(title);
    await eventually(
      "the key to leave the source",
      () => workbench.visibleLines(),
      (now) => now.some((line) => line.startsWith("SECRET_KEY") && line.includes("environ")),
    );
    await eventually(
      "the finding to go",
      () => workbench.problems(),
      (rows) => !rows.some((row) => row.includes("SECRET_KEY is in the source")),
    );
    await workbench.save();
    assert.match(readFileSync(join(folder, "shop/settings/base.py"), "utf8"), /^SECRET_KEY = .*environ/m);
    await workbench.screenshot("fixed");
  });

  it("explains a setting on hover", async () => {
    await workbench.openFile("shop/settings/base.py");
    await workbench.squiggles().first().waitFor();
    await workbench.line("SECRET_KEY").locator("span span").first().hover();
    await workbench.hoverText("SECRET_KEY");
    await workbench.screenshot("hover");
  });

  it("tells the role of the module in the status item", async () => {
    await workbench.openFile("shop/settings/production.py");
    const item = workbench.page.locator("#status\\.languageStatus");
    await item.waitFor();
    await item.hover();
    await eventually(
      "the role",
      () => workbench.page.locator(".hover-language-status").allInnerTexts(),
      (texts) => texts.some((text) => text.includes("production")),
    );
    await workbench.screenshot("status");
  });

  it("explains a rule from the command palette", async () => {
    await workbench.openFile("shop/settings/production.py");
    await workbench.command("Django Settings Lint: Explain Rule");
    await workbench.quickPickRow("debug-enabled").waitFor();
    await workbench.screenshot("rules");
    await workbench.quickPickRow("debug-enabled").click();
    await workbench.page.locator(".tab.active", { hasText: "debug-enabled" }).waitFor();
    await workbench.page.waitForTimeout(1500);
    await workbench.screenshot("rule");
  });

  it("shows the resolved config", async () => {
    await workbench.openFile("shop/settings/production.py");
    await workbench.command("Django Settings Lint: Show Resolved Config");
    await workbench.page.locator(".tab.active", { hasText: "Resolved config" }).waitFor();
    await workbench.screenshot("config");
  });

  it("restarts the server and finds the same again, without any notification", async () => {
    await workbench.showProblems();
    await problem("SECRET_KEY");
    const before = (await workbench.problems()).length;
    await workbench.command("Django Settings Lint: Restart Server");
    await eventually(
      "the problems to come back",
      () => workbench.problems(),
      (rows) => rows.length === before,
    );
    assert.deepEqual(await workbench.notifications(), []);
  });
});
