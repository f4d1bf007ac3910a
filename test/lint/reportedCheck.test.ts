import assert from "node:assert/strict";
import type { Report, Rule } from "../../server/src/lint/rule";
import { lintFiles, projectFiles } from "../harness/lintCase";

const SECURITY = 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n';

/** The check that a finding about a production module carries. */
async function checkOf(
  production: string,
  djangoChecks: readonly string[],
  djangoCheck?: string,
): Promise<string | undefined> {
  const rule: Rule = {
    ...{ id: "probe", category: "security", severity: "error", audience: "production", djangoChecks },
    ...{ messages: { here: "Wrong." }, fixes: {}, onByDefault: true, doc: "" },
    check: (context) => {
      const report: Report = { message: "here", at: context.headSite };
      context.report(djangoCheck === undefined ? report : { ...report, djangoCheck });
    },
  };
  const files = new Map([["shop/settings/production.py", production]]);
  const roles = new Map([["shop/settings/production.py", "production"]]);
  const { findings } = await lintFiles(projectFiles(files, roles), [rule]);
  assert.equal(findings.length, 1);
  return findings[0]?.djangoCheck;
}

describe("the check of Django's that a finding carries", () => {
  it("is the first that Django reports about the module", async () => {
    assert.equal(await checkOf(SECURITY, ["security.W004"]), "security.W004");
    assert.equal(await checkOf(SECURITY, ["security.W001", "security.W008"]), "security.W008");
  });

  it("is none where Django reports none", async () => {
    assert.equal(
      await checkOf(`${SECURITY}SECURE_SSL_REDIRECT = True\n`, ["security.W001", "security.W008"]),
      undefined,
    );
  });

  it("is what Django reports in every world", async () => {
    const branches = `import os\nif os.environ.get("X"):\n    SECURE_SSL_REDIRECT = False\n${SECURITY}`;
    assert.equal(await checkOf(branches, ["security.W001", "security.W008"]), "security.W008");
  });

  it("is the rule's only one where the settings do not tell", async () => {
    const unknown = "from vault import MIDDLEWARE\n";
    assert.equal(await checkOf(unknown, ["security.W008"]), "security.W008");
    assert.equal(await checkOf(unknown, ["security.W001", "security.W008"]), undefined);
    const branches = `import os\nif os.environ.get("X"):\n    SECURE_SSL_REDIRECT = True\n${SECURITY}`;
    assert.equal(await checkOf(branches, ["security.W008"]), "security.W008");
  });

  it("is what the report says", async () => {
    assert.equal(await checkOf(SECURITY, ["security.W004"], "security.W008"), "security.W008");
    assert.equal(await checkOf(SECURITY, ["security.W004"], "none"), undefined);
  });
});
