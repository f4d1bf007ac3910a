import { isFalsy } from "../../lint/effective";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { EffectiveSetting, Judged } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { describePath, judgedLeaf, keyOfLeaf, leavesOf, type JudgedLeaf, type Leaf } from "../questions/dicts/leaves";
import { expressionAt } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./tls-verification-disabled.md";

/** Settings that say how the project connects to other servers. */
const CONNECTIONS =
  /^(?:CACHES|CHANNEL_LAYERS|STORAGES|DATABASES|HAYSTACK_CONNECTIONS|RQ_QUEUES|MAILERS|(?:CELERY|BROKER|REDIS|ELASTICSEARCH|OPENSEARCH|DRAMATIQ|AWS|CACHEOPS)_\w+)$/;

/** Keys for the mode of verification (redis-py, kombu), and keys that turn it on or off. */
const MODE = /^(?:ssl_)?cert_reqs$/i;
const SWITCH = /^(?:verify|verify_certs|ssl_verify|verify_ssl|validate_certs|AWS_S3_VERIFY)$/i;

export const tlsVerificationDisabled = defineRule({
  id: "tls-verification-disabled",
  category: "security",
  severity: "warning",
  audience: "production",
  messages: {
    any: "{name} accepts any certificate in {module}, which runs in {environment}: who is on the way can pose as the server and read everything, credentials included. Have certificates verified.",
  },
  fixes: { verify: { safety: "unsafe", title: "Have certificates verified" } },
  doc,

  check(context) {
    for (const { part, proof } of context.inEachSetting(unverified)) {
      context.report({
        message: "any",
        values: { name: describePath(part) },
        proof,
        at: part.site,
        // Hosted Redis often has a certificate that it signed itself, and templates of projects are written for that.
        severity: MODE.test(keyOfLeaf(part)) || part.value.kind === "str" ? "info" : undefined,
        fixes: [proof.missing.length > 0 ? undefined : verify(context, part)],
      });
    }
  },
});

function unverified(setting: EffectiveSetting): readonly Judged<JudgedLeaf>[] {
  if (!CONNECTIONS.test(setting.name)) return [];
  return setting.judgeParts((value) => leavesOf(setting.name, value).filter(acceptsAny).map(judgedLeaf));
}

function acceptsAny(leaf: Leaf): boolean {
  const { value } = leaf;
  const key = keyOfLeaf(leaf);
  if (MODE.test(key)) return value.kind === "none" || isNoMode(value);
  if (SWITCH.test(key)) return value.kind === "bool" && isFalsy(value);
  return value.kind === "str" && /[?&]ssl_cert_reqs=(?:none|CERT_NONE)\b/i.test(value.value);
}

function isNoMode(value: Value): boolean {
  if (value.kind === "external") return value.name === "ssl.CERT_NONE";
  return value.kind === "str" && /^(?:none|CERT_NONE)$/i.test(value.value);
}

function verify(context: RuleContext, leaf: Leaf): ReportedFix<"verify"> | undefined {
  const expression = expressionAt(context, leaf.site);
  const text = leaf.site && context.source(leaf.site.file)?.text.slice(leaf.site.range.start, leaf.site.range.end);
  if (leaf.path.length === 1 || text === undefined || expression === undefined) return undefined;
  if (text.endsWith("CERT_NONE")) return replaceFix("verify", leaf.site, text.replace(/CERT_NONE$/, "CERT_REQUIRED"));
  if (leaf.value.kind === "bool") return replaceFix("verify", leaf.site, "True");
  const isMode = MODE.test(keyOfLeaf(leaf)) && /^(?:Str|Constant)$/.test(expression.kind);
  return isMode ? replaceFix("verify", leaf.site, { text: "required" }) : undefined;
}
