import type { EntryPoint, SettingsModule } from "../project/model";
import type { Site, Step } from "../python/values/value";
import type { ChainLink } from "./finding";
import { isForProduction } from "./production";
import { siteOf, targetOf } from "./rule";
import type { Proof, VariableSource } from "./setting";

/**
 * The way of a setting from where it is written over imports and overrides to the entry point that selects the module:
 * the related places of a finding. Empty where the finding's own place says it all.
 *
 * @param at where the finding stands
 */
export function proofChain(module: SettingsModule, proof: Proof, at: Site): readonly ChainLink[] {
  const links = proof.steps.map((step) => ({
    site: targetOf(step),
    text: sentence(step, proof.setting),
  }));
  const entryPoint = module.entryPoints.find(isForProduction) ?? module.entryPoints[0];
  const selected = entryPoint === undefined ? [] : [entryPointLink(module, entryPoint)];
  const chain = [...links, ...proof.deployed.flatMap((source) => deployedLink(source, at)), ...selected].filter(
    isFirst,
  );
  const [first, ...more] = chain;
  const isHere = first !== undefined && isSame(first, proof) && first.site.file === at.file;
  return isHere && more.length === 0 ? [] : chain;
}

/** What happens at one place in several worlds, or in several rounds of a loop, is told once. */
function isFirst(link: ChainLink, index: number, links: readonly ChainLink[]): boolean {
  return links.findIndex((each) => each.text === link.text && isSame(each, link)) === index;
}

function isSame(link: Pick<ChainLink, "site">, { site }: Pick<ChainLink, "site">): boolean {
  return link.site.file === site.file && link.site.range.start === site.range.start;
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

/** Never with the text: it may be a secret. */
function deployedLink({ variable, site }: VariableSource, at: Site): readonly ChainLink[] {
  return site === undefined || isSame({ site }, { site: at })
    ? []
    : [{ site, text: `${variable} is set here, for production.` }];
}

function entryPointLink(module: SettingsModule, entryPoint: EntryPoint): ChainLink {
  const runs = isForProduction(entryPoint) ? ` for ${entryPoint.purpose}` : "";
  return { site: siteOf(entryPoint.file, entryPoint.range), text: `${module.name} is selected here${runs}.` };
}

/** What people call the environment of a module that counts as production: a project's only module is production, too. */
export function environmentOf({ role }: Pick<SettingsModule, "role">): string {
  return role === "single" ? "production" : role;
}
