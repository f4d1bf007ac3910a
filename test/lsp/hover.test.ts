import assert from "node:assert/strict";
import { LspClient } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

// Invented, and put together here so that nothing that looks like a secret stands in the repository.
const SECRET = ["k3y", "7Zq9", "wLr2", "Vb8N", "xT4m"].join("-");

describe("lsp: hover", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;
  let base: string;

  beforeEach(async () => {
    const lines = [
      `SECRET_KEY = "${SECRET}"`,
      `DATABASES = {"default": {"NAME": "shop", "PASSWORD": "${SECRET}"}}`,
      `BROKER = "redis://user:${SECRET}@cache.example:6379/0"`,
      'TIME_ZONE = "UTC"  # django-settings-lint: ignore[debug-enabled]',
      "",
    ];
    shop = new DiskProject({
      ...SHOP,
      "shop/settings/base.py": (SHOP["shop/settings/base.py"] ?? "") + lines.join("\n"),
    });
    base = shop.path("shop/settings/base.py");
    client = await LspClient.start({ folders: [shop.root] });
    await client.open(base);
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  it("explains a finding: what each environment gets and why it matters, without repeating the diagnostic", async () => {
    const text = (await client.hover(base, 6, 1)) ?? "";
    assert.match(text, /^\*\*DEBUG\*\*\n\n\| Environment \| Value \| Set at \|/);
    assert.ok(!text.includes("is still True"));
    assert.match(
      text,
      /\| production \(`shop\.settings\.production`\) \| `True` \| \[shop\/settings\/base\.py:7\]\(file:\S+#L7\) \|/,
    );
    assert.match(
      text,
      /\| development \(`shop\.settings\.development`\) \| `True` \| \[shop\/settings\/development\.py:3\]/,
    );
    assert.match(text, /`debug-enabled`: \S.*[.!?]$/);
    assert.ok(!text.includes("## Wrong"), "the page itself is a click away");
  });

  it("shows the rule's page on its id in a suppression comment", async () => {
    const column = 'TIME_ZONE = "UTC"  # django-settings-lint: ignore[debug-'.length;
    assert.match((await client.hover(base, 10, column)) ?? "", /^# debug-enabled\n/);
  });

  it("shows what each environment gets of a setting where it is assigned", async () => {
    assert.match(
      (await client.hover(base, 10, 3)) ?? "",
      /^\*\*TIME_ZONE\*\*: [\s\S]*default `'America\/Chicago'` in Django 5\.2 · \[Django documentation\]\(https:[\s\S]*`'UTC'`/,
    );
    assert.equal(await client.hover(base, 0, 8), undefined);
  });

  it("puts environments that get the same from the same place into one row", async () => {
    const text = (await client.hover(base, 10, 3)) ?? "";
    assert.equal(text.match(/^\| (?!Environment|---)/gm)?.length, 1);
    assert.match(text, /development .*, production .* \| `'UTC'`/);
  });

  it("never shows a secret", async () => {
    for (const line of [7, 8, 9]) {
      const text = (await client.hover(base, line, 2)) ?? "";
      assert.match(text, /\*{8}/);
      assert.ok(!text.includes(SECRET), `line ${line}`);
    }
    const log = client.logged.join("\n");
    assert.ok(!log.includes(SECRET));
  });
});
