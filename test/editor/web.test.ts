import assert from "node:assert/strict";
import type { Folder } from "./folder";
import { inWorkbench } from "./inWorkbench";
import { SHOWN } from "./planted";
import { eventually } from "./poll";
import type { Workbench } from "./workbench";

const base = "shop/settings/base.py";
const production = "shop/settings/production.py";

describe("in VS Code in the browser, where the extension runs in a worker", function () {
  this.timeout(240_000);
  let folder: Folder;
  let workbench: Workbench;
  inWorkbench((opened) => ({ folder, workbench } = opened), "web");

  it("finds the same without a file being open, and follows what is typed and what changes on disk", async () => {
    await workbench.showProblems();
    const count = (expected: number): Promise<number> =>
      eventually(
        `${expected} findings`,
        () => workbench.problemCount(),
        (shown) => shown === expected,
      );
    await count(SHOWN.length);
    assert.equal(await workbench.page.locator(".part.editor .tab").count(), 0);
    await workbench.screenshot("web-problems");
    folder.edit(production, (text) => text.replace("SECURE_HSTS_SECONDS = 0", "SECURE_HSTS_SECONDS = 31536000"));
    await count(SHOWN.length - 1);
    await workbench.command("Django Settings Lint: Restart Server");
    await count(0);
    await count(SHOWN.length - 1);
    assert.equal(workbench.runsOnServer(), false);
  });

  it("explains on hover, completes and fixes", async () => {
    await workbench.openFile(base);
    await workbench.squiggles().first().waitFor();
    const line = SHOWN.find(({ rule }) => rule === "secret-key-hardcoded")?.line ?? 0;
    await workbench.goTo(line);
    const titles = await workbench.quickFixes();
    const title = titles.find((each) => each.startsWith("Move SECRET_KEY to a .env"));
    assert.ok(title, titles.join("\n"));
    await workbench.takeQuickFix(title);
    await workbench.line('SECRET_KEY = os.environ["SECRET_KEY"]').waitFor();
    await workbench.command("File: Save All Files");
    await eventually(
      "the key in .env",
      () => folder.read(".env"),
      (text) => /^SECRET_KEY=.*django-insecure/m.test(text),
    );
    await workbench.openFile(production);
    await workbench.goTo(1, 1);
    await workbench.completion("SECURE_CONTENT_T", "SECURE_CONTENT_TYPE_NOSNIFF");
    await workbench.screenshot("web-completion");
    await workbench.page.keyboard.press("Escape");
    await workbench.page.keyboard.press("Control+Z");
    assert.match(await workbench.hover("DEBUG = False", "Set at"), /development/);
    await workbench.screenshot("web-hover");
    await workbench.page.locator(".monaco-hover:not(.hidden) a", { hasText: "staging.py" }).first().click();
    await workbench.page.locator('.tab.active[data-resource-name="staging.py"]').waitFor();
  });

  it("shows the tree and the pages", async () => {
    await workbench.openFile(production);
    await workbench.squiggles().first().waitFor();
    await (await workbench.settingsRow("DEBUG: production: False")).click();
    await workbench.page.locator("#status\\.editor\\.selection", { hasText: "Ln 10, Col 6" }).waitFor();
    await workbench.command("Django Settings Lint: Compare Environments");
    const page = await workbench.pageWith('select[aria-label="Second environment"]');
    await page.selectOption('select[aria-label="Second environment"]', "shop.settings.development");
    await page.getByText("differ between production and development").waitFor();
    await workbench.screenshot("web-compare");
    await page.locator('tr[data-setting="DEBUG"]').focus();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator('.tab.active[data-resource-name="production.py"]').waitFor();
  });
});
