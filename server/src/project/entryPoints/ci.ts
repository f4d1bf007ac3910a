import { entriesOf, itemsOf, nodeAt, textOf, type TreeNode } from "../../documents/tree";
import { baseName } from "../../base/path";
import { usageOfName } from "../nameWords";
import { walkManifest } from "./manifest";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";
import { scanShell } from "./shell";

const DEPLOYS = /\b(?:deploy|deployment|release|publish|rollout)/i;
/** Commands and actions that bring a site to its servers. */
const DEPLOY_STEPS =
  /\b(?:flyctl|fly) deploy|gcloud (?:run|app) deploy|\beb deploy|\bcf push|az webapp|\bzappa (?:deploy|update)|serverless deploy|helm upgrade|kubectl (?:apply|set image)|heroku-deploy|ssh-action|azure\/webapps-deploy/i;

/** Reads a CI definition: its runs are tests, save for jobs and workflows that deploy. */
export function scanCi(file: EntryFile): ScanResult {
  if (!/\.ya?ml$/.test(file.path)) return asTests(scanShell(file, "ci"));
  const builder = new ScanBuilder(file);
  const name = baseName(file.relative).replace(/\.ya?ml$/, "");
  const isGitHub = /^\.github\/workflows\//.test(file.relative);
  const whole = isGitHub && DEPLOYS.test(name) ? (usageOfName(name) ?? "production") : "test";
  const read = walkManifest(file, builder, { kind: "ci", purpose: whole }, (path, value, place) => {
    const isJob = (path.length === 2 && path[0] === "jobs") || (path.length === 1 && path[0] !== "jobs");
    if (!isJob || value.kind !== "map" || path[0] === "env") return place;
    const job = path.at(-1) ?? "";
    const purpose = jobPurpose(job, value, whole);
    return { ...place, scope: job, purpose };
  });
  return read ? builder.result() : asTests(scanShell(file, "ci"));
}

function jobPurpose(job: string, value: TreeNode, whole: Place["purpose"]): Place["purpose"] {
  const environment = nodeAt(value, "environment");
  const named = usageOfName(textOf(environment) ?? textOf(nodeAt(environment, "name")) ?? "");
  const deploys = DEPLOYS.test(job) || itemsOf(nodeAt(value, "steps")).some(isDeployStep);
  if (!deploys) return whole === "test" || !/test|lint|check|build/i.test(job) ? whole : "test";
  return named ?? usageOfName(job) ?? (whole === "test" ? "production" : whole);
}

function isDeployStep(step: TreeNode): boolean {
  return entriesOf(step).some(({ key, value }) => /^(?:run|uses)$/.test(key) && DEPLOY_STEPS.test(textOf(value) ?? ""));
}

function asTests(result: ScanResult): ScanResult {
  return { ...result, entryPoints: result.entryPoints.map((each) => ({ ...each, purpose: "test" })) };
}
