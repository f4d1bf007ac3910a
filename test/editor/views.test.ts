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

  it("list environment variables, with what needs them and who sets them", async () => {
    await workbench.openFile("shop/settings/base.py");
    await workbench.squiggles().first().waitFor();
    await workbench.command("Django Settings Lint: Show Environment Variables");
    const page = await workbench.pageWith('tr[data-variable="DB_HOST"]');
    await page.getByText(/^17 variables, 2 required, 1 of them not set by the deployment files\.$/).waitFor();
    const first = page.locator("tr[data-variable]").first();
    assert.match(await first.innerText(), /EMAIL_HOST_PASSWORD[\s\S]*not set for production, worker, staging/);
    await workbench.screenshot("variables");
    await page.selectOption('select[aria-label="Environment"]', "staging");
    await page.getByText("not set for staging").waitFor();
    await page.locator('tr[data-variable="DB_HOST"]').focus();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator('.tab.active[data-resource-name="production.py"]').waitFor();
    folder.edit("docker-compose.prod.yml", (text) =>
      text.replaceAll(/^( *)DB_HOST:.*$/gm, "$&\n$1EMAIL_HOST_PASSWORD: ${EMAIL_HOST_PASSWORD}"),
    );
    await workbench.page.locator(".tab", { hasText: "Environment Variables" }).click();
    const again = await workbench.pageWith('tr[data-variable="DB_HOST"]');
    await again.getByText(/^\d+ variables, 2 required\.$/).waitFor();
    await again.getByRole("button", { name: "LOGGING" }).click();
    await workbench.page.locator('.monaco-list-row.focused[aria-label^="LOGGING"]').waitFor();
  });

  it("lead from a code lens to the setting in the tree", async () => {
    folder.add(".vscode/settings.json", JSON.stringify({ "djangoSettingsLint.codeLens.enabled": true }));
    await workbench.openFile("shop/settings/base.py");
    await workbench.page.locator(".codelens-decoration a", { hasText: "production: False" }).first().click();
    await workbench.page.locator('.monaco-list-row.focused[aria-label^="DEBUG: "]').waitFor();
    await workbench.screenshot("lens");
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
