import { isForProduction } from "../../../lint/production";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { DeployedVariable } from "../../../project/model";
import { meaningOf } from "./environment";

/**
 * The places in deployment files that turn on what a proof has found to be on: they give its variable a text that means so. A text
 * that means "off" (`DEBUG=0`, for settings that ask only whether it is set) is no mistake of theirs, nor is what the
 * configuration assumes.
 */
export function placesThatTurnOn({ project }: RuleContext, { deployed }: Proof): readonly DeployedVariable[] {
  const [source] = deployed;
  const set = project.deployedVariables.filter((one) => one.name === source?.variable && isForProduction(one));
  const isTheirs = set.some(
    ({ file, range }) => file === source?.site?.file && range.start === source.site.range.start,
  );
  return isTheirs ? set.filter(({ value }) => meaningOf(value ?? "") !== false) : [];
}
