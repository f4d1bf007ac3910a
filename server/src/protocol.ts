/**
 * What the client and the server say to each other beyond the Language Server Protocol: method names and plain
 * data, no imports, so that the client can read this one file of the server and nothing else.
 */

/** The environment that a settings module serves. */
export type ProtocolRole = "production" | "staging" | "development" | "test" | "base" | "single";

/** How the server is doing with the project a file belongs to. */
export type ProjectState =
  /** The project is being read; findings are not complete yet. */
  | "loading"
  /** Findings are up to date. */
  | "ready"
  /** The file is not part of a Django project's settings: nothing to report. */
  | "notSettings"
  /** The extension is switched off, by setting or by project configuration. */
  | "disabled"
  /** The project could not be read fully; `message` says why. */
  | "problem";

/** Request: what the server knows about one file. Params {@link StatusParams}, result {@link StatusResult}. */
export const statusRequest = "djangoSettingsLint/status";

export interface StatusParams {
  /** The file shown in the active editor. */
  readonly uri: string;
}

export interface StatusResult {
  readonly state: ProjectState;
  /** Present exactly when the file is a settings module. */
  readonly role?: ProtocolRole;
  /** Why the module has this role, strongest reason first; each one sentence for people. */
  readonly evidence: readonly string[];
  /** The dotted name of the settings module, for example `shop.settings.production`. */
  readonly module?: string;
  /** The Django project's root folder as people name it, for example `shop` or `backend/shop`. */
  readonly project?: string;
  /** Django's version as the rules assume it, for example `5.2`. */
  readonly django?: string;
  /** The environment of the settings module, else the first one of the project; `problems`: as the Problems panel counts them. */
  readonly environment?: { readonly name: string; readonly problems: number };
  /** One sentence for people, present when the state needs one. */
  readonly message?: string;
}

/** Request: the catalogue of rules. No params, result {@link RulesResult}. */
export const rulesRequest = "djangoSettingsLint/rules";

export interface RuleSummary {
  readonly id: string;
  readonly category: string;
  /** The first sentence of the rule's page. */
  readonly summary: string;
}

export interface RulesResult {
  readonly rules: readonly RuleSummary[];
}

/** Request: one rule's page. Params {@link ExplainRuleParams}, result {@link ExplainRuleResult}. */
export const explainRuleRequest = "djangoSettingsLint/explainRule";

export interface ExplainRuleParams {
  readonly rule: string;
}

export interface ExplainRuleResult {
  /** The page in Markdown, with the rule's id as its title; absent when there is no rule of that name. */
  readonly markdown?: string;
}

/** Request: the configuration in force for a file. Params {@link ResolvedConfigParams}, result {@link ResolvedConfigResult}. */
export const resolvedConfigRequest = "djangoSettingsLint/resolvedConfig";

export interface ResolvedConfigParams {
  /** The file to resolve for; absent: the first workspace folder. */
  readonly uri?: string;
}

export interface ResolvedConfigResult {
  /** The resolved configuration in Markdown, saying for each value where it comes from. */
  readonly markdown: string;
}

/**
 * Notification, server to client: what {@link statusRequest} answered may no longer be true, because a project was
 * read, a file changed role, or the configuration changed. Params {@link StateChangedParams}.
 */
export const stateChangedNotification = "djangoSettingsLint/stateChanged";

export interface StateChangedParams {
  /** Whether the server is still reading projects. */
  readonly state: "loading" | "ready";
}

/** The scheme under which the client shows pages: read-only documents whose text the server gives. */
export const pageScheme = "django-settings-lint";

/** The address of a rule's page, for a client that {@link InitializationOptions.canExplainRule}. */
export function rulePageAddress(rule: string): string {
  return `${pageScheme}:/rule/${rule}.md`;
}

/** Command a code action runs in the client to open a rule's page; its one argument is the rule's id. */
export const explainRuleCommand = "djangoSettingsLint.explainRule";

/**
 * Command a code lens runs in the client to show places: the document and the position that it stands at, then the places.
 * Its arguments are {@link ShowPlacesArguments}, as plain data of the protocol.
 */
export const showPlacesCommand = "djangoSettingsLint.showPlaces";

export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

export interface PlainLocation {
  readonly uri: string;
  readonly range: { readonly start: PlainPosition; readonly end: PlainPosition };
}

export type ShowPlacesArguments = readonly [uri: string, at: PlainPosition, places: readonly PlainLocation[]];

/** Command that shows a setting in the tree of effective settings. Its arguments are {@link RevealSettingArguments}. */
export const revealSettingCommand = "djangoSettingsLint.revealSetting";

/** `root`: the URI of the project's root. */
export type RevealSettingArguments = readonly [root: string, name: string];

/**
 * What the client hands over in `initializationOptions`. Settings under `djangoSettingsLint` are not in here: the
 * server asks for them with `workspace/configuration` and hears of changes by `workspace/didChangeConfiguration`.
 */
export interface InitializationOptions {
  /** Client is able to run {@link explainRuleCommand}; other editors leave it out and get no such action. */
  readonly canExplainRule?: boolean;
  /** Client is able to run {@link showPlacesCommand}; for others code lenses are text. */
  readonly canShowPlaces?: boolean;
  /** Client is able to run {@link revealSettingCommand}. */
  readonly canRevealSettings?: boolean;
  /**
   * The client answers {@link readFileRequest} and {@link listFolderRequest}, and the server reads no file itself: in the browser, and for
   * folders that are on no disk. Only files with the scheme and authority of the first folder are read.
   */
  readonly readsFiles?: boolean;
  /** The two WebAssembly files, where the server cannot read them itself (in the browser). */
  readonly wasm?: { readonly runtime: Uint8Array; readonly python: Uint8Array };
}

/** Request, server to client: the bytes of a file. Params {@link ReadFileParams}, result {@link ReadFileResult}. */
export const readFileRequest = "djangoSettingsLint/readFile";

export interface ReadFileParams {
  readonly uri: string;
  /** Larger files are `too-large`. */
  readonly maxBytes: number;
}

export type ReadFileResult =
  | { readonly base64: string }
  /** `detail`: a word for people. */
  | { readonly failure: "missing" | "unreadable" | "too-large" | "not-a-file"; readonly detail: string };

/** Request, server to client: what stands in a folder. Params {@link ListFolderParams}, result {@link ListFolderResult}. */
export const listFolderRequest = "djangoSettingsLint/listFolder";

export interface ListFolderParams {
  readonly uri: string;
}

export type ListFolderResult =
  | { readonly entries: readonly FolderEntry[] }
  | { readonly failure: "missing" | "unreadable"; readonly detail: string };

export interface FolderEntry {
  readonly name: string;
  /** What a symbolic link points at decides. */
  readonly kind: "file" | "directory" | "other";
  readonly isSymbolicLink: boolean;
}

/** The extension's settings as `workspace/configuration` answers them for the section `djangoSettingsLint`. */
export interface EditorSettings {
  /** False switches every finding, hover and action off. */
  readonly enable: boolean;
  /** Per rule id: the severity shown in this editor, or `off`. Regrades only; never changes what is true. */
  readonly severityOverrides: Readonly<Record<string, "error" | "warning" | "info" | "hint" | "off">>;
  /** Whether files that are not open get findings too. */
  readonly workspaceFindings: boolean;
  /** Whether saving a file applies its safe fixes, also where a client asks for all fixes of all kinds. */
  readonly fixOnSave: boolean;
  /** Whether code lenses say what becomes of assignments. */
  readonly codeLens: boolean;
  /** Whether inlay hints say it. */
  readonly inlayHints: boolean;
}

/**
 * Request: what the environments of the workspace's projects get of each setting. Params {@link EffectiveSettingsParams}, result
 * {@link EffectiveSettingsResult}. From the first one on, the server sends {@link settingsChangedNotification}.
 */
export const effectiveSettingsRequest = "djangoSettingsLint/effectiveSettings";

/** Notification, server to client, without params: what {@link effectiveSettingsRequest} answered may no longer be true. */
export const settingsChangedNotification = "djangoSettingsLint/settingsChanged";

export interface EffectiveSettingsParams {
  /** Only the project with this root. */
  readonly project?: string;
  /** Only these environments of it, by module, the one first with which the others are compared. */
  readonly environments?: readonly string[];
}

export interface EffectiveSettingsResult {
  readonly projects: readonly ProjectSettings[];
}

export interface ProjectSettings {
  /** The URI of the project's root. */
  readonly root: string;
  readonly name: string;
  readonly environments: readonly EnvironmentInfo[];
  /** In alphabetical order. */
  readonly settings: readonly SettingInfo[];
}

export interface EnvironmentInfo {
  /** `production`, or as much of the module's name as tells it from others. */
  readonly name: string;
  readonly module: string;
  readonly role: ProtocolRole;
  readonly uri: string;
}

export interface SettingInfo {
  readonly name: string;
  readonly summary?: string;
  readonly docs?: string;
  /** Whether any environment sets it; else all have Django's default. */
  readonly isSet: boolean;
  /** Whether any environment gets something else than Django's default. */
  readonly isChanged: boolean;
  /** Environments that get the same; more than one group: they differ. */
  readonly groups: readonly SettingGroupInfo[];
}

export interface SettingGroupInfo {
  /** Names of environments. */
  readonly environments: readonly string[];
  /** A few words; of long lists and dicts what they have more and less than those of the first group. */
  readonly text: string;
  /** The whole value, up to a limit; secrets are masked. */
  readonly full: string;
  readonly isDefault: boolean;
  readonly isMasked: boolean;
  /** Why the value is not known; absent where it is. */
  readonly unknown?: string;
  /** The code that may replace the value, and that is not in the workspace. */
  readonly overridable?: string;
  readonly place?: PlacedLocation;
  readonly parts: readonly SettingPart[];
}

/** A place with how people name it: `shop/settings/base.py:12`. */
export interface PlacedLocation extends PlainLocation {
  readonly label: string;
}

export interface SettingPart {
  /** A key, or a condition; absent for an item of a list. */
  readonly label?: string;
  readonly text: string;
  /** What it is against the first group; absent where it simply is part of the value. */
  readonly change?: "added" | "removed" | "changed";
  readonly parts: readonly SettingPart[];
}

/**
 * Request: the settings modules of the workspace, what they import and what selects them. Params: none, as `{}`; result {@link GraphResult}.
 * From the first one on, the server sends {@link settingsChangedNotification}.
 */
export const graphRequest = "djangoSettingsLint/graph";

export interface GraphResult {
  readonly projects: readonly GraphProject[];
}

export interface GraphProject {
  /** The URI of the project's root. */
  readonly root: string;
  readonly name: string;
  /** Django's version, where it is known. */
  readonly django?: string;
  readonly modules: readonly GraphModule[];
  readonly entryPoints: readonly GraphEntryPoint[];
}

export interface GraphModule {
  readonly module: string;
  readonly role: ProtocolRole;
  /** Whether `DJANGO_SETTINGS_MODULE` could name it. */
  readonly isEntry: boolean;
  /** Why it has its role, strongest reason first. */
  readonly evidence: readonly string[];
  readonly place: PlacedLocation;
  /** Indexes of the modules whose settings it imports. */
  readonly imports: readonly number[];
}

/** A place that selects a settings module. */
export interface GraphEntryPoint {
  /** `dockerfile`, `wsgi`, `pytest` ... */
  readonly kind: string;
  /** `production`, `test`, `any` ... */
  readonly purpose: string;
  readonly place: PlacedLocation;
  /** The index of the module that it selects, where that is in the workspace. */
  readonly selects?: number;
}

/**
 * Request: the environment variables that the settings of the workspace's projects read. Params: none, as `{}`; result
 * {@link VariablesResult}. From the first one on, the server sends {@link settingsChangedNotification}.
 */
export const variablesRequest = "djangoSettingsLint/environmentVariables";

export interface VariablesResult {
  readonly projects: readonly ProjectVariables[];
}

export interface ProjectVariables {
  /** The URI of the project's root. */
  readonly root: string;
  readonly name: string;
  readonly environments: readonly EnvironmentInfo[];
  /** In alphabetical order. */
  readonly variables: readonly VariableInfo[];
}

export interface VariableInfo {
  readonly name: string;
  /** `str`, `int or bool`: what the reads make of it. */
  readonly type: string;
  /** `os.environ`, `django-environ` ... */
  readonly libraries: readonly string[];
  /** Environments that want the same of it; one that does not read it is in none. */
  readonly needs: readonly VariableNeed[];
  readonly reads: readonly PlacedLocation[];
  /** The settings that depend on it. */
  readonly settings: readonly string[];
  /** Where deployment files for production set it. */
  readonly set: readonly DeployedPlace[];
  /** The environments that need it although their deployment files, which set others, do not set it. */
  readonly missing: readonly string[];
}

export interface VariableNeed {
  /** Names of environments. */
  readonly environments: readonly string[];
  readonly isRequired: boolean;
  /** What is taken when it is not set; secrets are masked. */
  readonly default?: string;
}

export interface DeployedPlace extends PlacedLocation {
  /** `production`, `staging` or `any`. */
  readonly purpose: string;
  /** The service, process or job that gets it; absent where all of the file do. */
  readonly scope?: string;
}

/**
 * Request: writes a module's role to the configuration in force for its project; the edit comes back to the client as
 * `workspace/applyEdit`. Params {@link SetRoleParams}, result {@link SetRoleResult}.
 */
export const setRoleRequest = "djangoSettingsLint/setRole";

export interface SetRoleParams {
  /** The URI of the project's root. */
  readonly root: string;
  readonly module: string;
  readonly role: ProtocolRole;
}

export interface SetRoleResult {
  /** The file that has been changed; absent where nothing was. */
  readonly uri?: string;
}
