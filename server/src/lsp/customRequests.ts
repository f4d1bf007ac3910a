import { resolvedConfigPage } from "../features/resolvedConfig";
import { rulePage, ruleSummaries } from "../features/rulePage";
import { statusOf } from "../features/status";
import type {
  ExplainRuleParams,
  ExplainRuleResult,
  ResolvedConfigParams,
  ResolvedConfigResult,
  RulesResult,
  StatusParams,
  StatusResult,
} from "../protocol";
import type { ListenableToken } from "./current";
import type { Session } from "./session";

/** What is known of a file right now: never waits for an analysis. */
export function status(session: Session, { uri }: StatusParams): StatusResult {
  const file = session.addresses.path(uri);
  if (file === undefined || !session.owns(file)) {
    const message = "The file is not in a folder of this workspace.";
    return { state: "notSettings", evidence: [], message };
  }
  if (!session.settingsOf(file).enable) return { state: "disabled", evidence: [] };
  const { latest } = session;
  return statusOf(latest?.folderOf(file)?.analysis, file, (each) => latest?.severities(each));
}

/** The catalogue. */
export function rulesList(session: Session): RulesResult {
  return { rules: ruleSummaries(session.host.rules) };
}

/** One rule's page. */
export function explainRule(session: Session, { rule }: ExplainRuleParams): ExplainRuleResult {
  const markdown = rulePage(session.host.rules, rule);
  return markdown === undefined ? {} : { markdown };
}

/** The configuration in force for a file, or for the first folder. */
export async function resolvedConfig(
  session: Session,
  { uri }: ResolvedConfigParams,
  token: ListenableToken,
): Promise<ResolvedConfigResult> {
  const file = uri === undefined ? undefined : session.addresses.path(uri);
  const state = await session.state(token);
  const folder = file === undefined ? state.folders[0] : state.folderOf(file);
  if (folder === undefined)
    return { markdown: "# Configuration in force\n\nNo folder of this workspace is analysed.\n" };
  return { markdown: resolvedConfigPage(folder.analysis, file, session.settingsOf(file)) };
}
