import assert from "node:assert/strict";
import type { Folder } from "./folder";
import { inWorkbench } from "./inWorkbench";
import type { Workbench } from "./workbench";

describe("views and pages in VS Code", function () {
  this.timeout(240_000);
  let folder: Folder;
  let workbench: Workbench;
  inWorkbench((opened) => ({ folder, workbench } = opened));

  it("show what every environment gets in a tree, and follow edits", async () => {
    await workbench.openFile("shop/settings/production.py");
    await workbench.squiggles().first().waitFor();
    const debug = await workbench.settingsRow("DEBUG: production: False");
    await workbench.screenshot("effective-settings");
    await debug.click();
    await workbench.page.locator("#status\\.editor\\.selection", { hasText: "Ln 10, Col 6" }).waitFor();
    await debug.locator(".monaco-tl-twistie").click();
    await workbench.page.locator('.monaco-list-row[aria-label^="production: False"]').waitFor();
    folder.edit("shop/settings/production.py", (text) => text.replace(/^DEBUG = False$/m, "DEBUG = None"));
    await workbench.page.locator('.monaco-list-row[aria-label^="DEBUG: production: None"]').waitFor();
  });

  it("compare two environments on a page that needs no mouse", async () => {
    await workbench.openFile("shop/settings/base.py");
    await workbench.squiggles().first().waitFor();
    await workbench.command("Django Settings Lint: Compare Environments");
    const page = await workbench.pageWith('select[aria-label="Second environment"]');
    await page.selectOption('select[aria-label="Second environment"]', "shop.settings.development");
    await page.getByText("differ between production and development").waitFor();
    await page.locator('input[type="search"]').fill("debug");
    const row = page.locator('tr[data-setting="DEBUG"]');
    await row.waitFor();
    await workbench.screenshot("compare");
    assert.match(await row.innerText(), /False[\s\S]*True/);
    await row.focus();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator('.tab.active[data-resource-name="production.py"]').waitFor();
  });

  it("draw the settings graph, where a box opens its file", async () => {
    await workbench.openFile("shop/settings/base.py");
    await workbench.squiggles().first().waitFor();
    await workbench.command("Django Settings Lint: Show Settings Graph");
    const page = await workbench.pageWith("svg g.node");
    const production = page.locator('g.node[aria-label^="shop.settings.production, production."]');
    await production.focus();
    await page.locator(".details li", { hasText: "Dockerfile:16 starts it for production" }).waitFor();
    await workbench.screenshot("graph");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator('.tab.active[data-resource-name="production.py"]').waitFor();
  });
});
