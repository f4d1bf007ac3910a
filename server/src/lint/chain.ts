import type { EntryPoint, SettingsModule } from "../project/model";
import type { Step } from "../python/value";
import type { ChainLink } from "./finding";
import { siteOf, type RuleContext } from "./rule";
import type { Proof } from "./setting";

/**
 * The way of a setting from where it is written over imports and overrides to the entry point that selects the module:
 * the related places of a finding. Empty where the finding's own place says it all.
 */
export function chainOf(context: RuleContext<never, never>, setting: string, proof: Proof): readonly ChainLink[] {
  const links = proof.steps.map((step) => ({
    site: siteOf(step.site.file, step.target),
    text: sentence(step, setting),
  }));
  const entryPoint = context.module.entryPoints.find(isForProduction) ?? context.module.entryPoints[0];
  const selected = entryPoint === undefined ? [] : [entryPointLink(context, entryPoint)];
  const chain = [...links, ...selected].filter(isFirst);
  return chain.length === 1 && isSame(chain[0], proof) ? [] : chain;
}

/** What happens at one place in several worlds, or in several rounds of a loop, is told once. */
function isFirst(link: ChainLink, index: number, links: readonly ChainLink[]): boolean {
  return links.findIndex((each) => each.text === link.text && isSame(each, link)) === index;
}

function isSame(link: ChainLink | undefined, { site }: Pick<ChainLink, "site">): boolean {
  return link?.site.file === site.file && link.site.range.start === site.range.start;
}

function sentence(step: Step, setting: string): string {
  switch (step.kind) {
    case "assignment":
      return `${setting} is set here, in ${step.module}.`;
    case "import":
      return `${step.module} imports it here.`;
    case "mutation":
      return `${setting} is changed here, in ${step.module}.`;
    case "deletion":
      return `${setting} is deleted here, in ${step.module}.`;
  }
}

function isForProduction(entryPoint: EntryPoint): boolean {
  return entryPoint.purpose === "production" || entryPoint.purpose === "staging";
}

function entryPointLink(context: RuleContext<never, never>, entryPoint: EntryPoint): ChainLink {
  const runs = isForProduction(entryPoint) ? ` for ${entryPoint.purpose}` : "";
  return { site: siteOf(entryPoint.file, entryPoint.range), text: `${context.module.name} is selected here${runs}.` };
}

/** What people call the environment of a module that counts as production: a project's only module is production, too. */
export function environmentOf({ role }: SettingsModule): string {
  return role === "single" ? "production" : role;
}
