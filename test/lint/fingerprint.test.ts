import assert from "node:assert/strict";
import type { Finding } from "../../server/src/lint/finding";
import { fingerprints } from "../../server/src/lint/fingerprint";

function finding(more: Partial<Finding>): Finding {
  return {
    rule: "some-rule",
    category: "security",
    severity: "error",
    messageId: "here",
    message: "",
    site: { file: "/shop/a.py", range: { start: 0, end: 1 } },
    setting: "DEBUG",
    role: "production",
    module: "shop.production",
    modules: [],
    djangoCheck: undefined,
    chain: [],
    fixes: [],
    tags: [],
    ...more,
  };
}

describe("fingerprints", () => {
  const of = (...findings: readonly Finding[]): readonly string[] => fingerprints(findings, "/shop");

  it("do not depend on lines, severity or words", () => {
    const moved = finding({
      message: "other",
      severity: "hint",
      site: { file: "/shop/b.py", range: { start: 9, end: 10 } },
    });
    assert.deepEqual(of(finding({})), of(moved));
    assert.match(of(finding({}))[0] ?? "", /^[0-9a-f]{16}$/);
  });

  it("tell rules, messages, settings, modules and repetitions apart", () => {
    const all = of(
      finding({}),
      finding({ rule: "other-rule" }),
      finding({ messageId: "there" }),
      finding({ setting: "SECRET_KEY" }),
      finding({ module: "shop.staging" }),
      finding({ module: undefined }),
      finding({}),
    );
    assert.equal(new Set(all).size, all.length);
  });

  it("stay the same from one release to the next", () => {
    assert.deepEqual(of(finding({})), ["a60116938fbd4d4a"]);
  });
});
