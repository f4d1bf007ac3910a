import type { Analysis, ProjectAnalysis } from "../features/analysis";
import { environmentsOf } from "../features/environments";
import { dottedModuleName } from "../lint/settingsModules";
import { settingViews, type GroupView, type PartView, type SettingView } from "../features/settingsView";
import type {
  EffectiveSettingsParams,
  EffectiveSettingsResult,
  ProjectSettings,
  SettingGroupInfo,
  SettingInfo,
  SettingPart,
} from "../protocol";
import type { ListenableToken } from "./current";
import { environmentInfo, placed, projectName } from "./placed";
import type { Session } from "./session";
import type { State } from "./state";

/** `djangoSettingsLint/effectiveSettings`: for the tree of settings and the page that compares two environments. */
export async function effectiveSettings(
  session: Session,
  params: EffectiveSettingsParams,
  token: ListenableToken,
): Promise<EffectiveSettingsResult> {
  session.news.tellsSettings = true;
  const state = await session.state(token);
  const projects = state.folders.flatMap(({ analysis }) =>
    analysis.projects.flatMap((owner) => projectSettings(state, analysis, owner, params) ?? []),
  );
  return { projects };
}

function projectSettings(
  state: State,
  analysis: Analysis,
  owner: ProjectAnalysis,
  { project, environments: wanted }: EffectiveSettingsParams,
): ProjectSettings | undefined {
  const { root } = owner.project;
  const all = environmentsOf(owner.entries);
  const chosen = wanted?.flatMap((name) => all.find(({ entry }) => dottedModuleName(entry.module) === name) ?? []);
  if ((project !== undefined && project !== state.uri(root)) || all.length === 0) return undefined;
  return {
    root: state.uri(root),
    name: projectName(analysis, owner),
    environments: all.map((each) => environmentInfo(state, each)),
    settings: settingViews(analysis, owner, chosen ?? all).map((view) => settingInfo(state, analysis, view)),
  };
}

function settingInfo(state: State, analysis: Analysis, view: SettingView): SettingInfo {
  const { name, summary, docs, isSet, isChanged, groups } = view;
  return {
    name,
    ...(summary === undefined ? {} : { summary }),
    ...(docs === undefined ? {} : { docs }),
    isSet,
    isChanged,
    groups: groups.map((group) => groupInfo(state, analysis, group)),
  };
}

function groupInfo(state: State, analysis: Analysis, group: GroupView): SettingGroupInfo {
  const { text, full, isDefault, isMasked, status, reason, overridable, place } = group;
  return {
    environments: group.environments.map(({ name }) => name),
    text,
    full,
    isDefault,
    isMasked,
    ...(status === "unknown" ? { unknown: reason ?? "" } : {}),
    ...(overridable === undefined ? {} : { overridable }),
    ...(place === undefined ? {} : { place: placed(state, analysis, place) }),
    parts: group.parts.map(partInfo),
  };
}

function partInfo({ label, text, change, parts }: PartView): SettingPart {
  return {
    ...(label === undefined ? {} : { label }),
    text,
    ...(change === undefined ? {} : { change }),
    parts: parts.map(partInfo),
  };
}
