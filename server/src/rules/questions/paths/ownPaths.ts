import { joinPath, normalizePath } from "../../../base/path";
import { isDjangoSetting } from "../../../django/facts";
import { isPackageSetting } from "../../../django/packageSettings";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { findInCode, findSettingRead } from "../../../project/codeIndex";
import { settingNames } from "../../../project/djangoNames";
import { textOf } from "../dicts/dicts";

/** A folder in a setting of the project's own. */
export interface OwnPath {
  readonly name: string;
  readonly text: string;
  readonly proof: Proof;
}

/** Names that say a folder, but for those below MEDIA_ROOT or in addresses and templates. */
const NAME = /_(?:ROOT|DIR|DIRECTORY|FOLDER)$/;
const ELSEWHERE = /UPLOAD|MEDIA|STATIC|TEMPLATE|URL|IMAGE|BUCKET|STORAGE|S3/;

/**
 * Settings of the project's own that are a folder of the project, written from the working directory on, and that code reads as they
 * are. What is joined to another folder anywhere is left out.
 */
export function ownRelativePaths(context: RuleContext): readonly OwnPath[] {
  return settingNames(context.evaluation.names).flatMap((name) => {
    if (!NAME.test(name) || ELSEWHERE.test(name) || isDjangoSetting(name) || isPackageSetting(name)) return [];
    const proof = context.setting(name).mustBe((value) => isRelative(context, textOf(value)));
    const text = textOf(proof?.value);
    if (proof?.origin === undefined || text === undefined || isJoined(context, name)) return [];
    return [{ name, text, proof }];
  });
}

function isRelative({ snapshot, project }: RuleContext, text: string | undefined): boolean {
  if (text === undefined || !/^[\w.-]+(?:\/[\w.-]*)+$/.test(text)) return false;
  return /^\.\.?\//.test(text) || snapshot.isFolder(normalizePath(joinPath(project.root, text)));
}

/** Whether it or a reader puts another folder in front of it, or nothing that is known reads it. */
function isJoined({ evaluation, snapshot, project }: RuleContext, name: string): boolean {
  // What is built on another one is told there.
  if (evaluation.bindings.some((one) => one.name === name && one.reads.length > 0)) return true;
  const readers = evaluation.bindings.filter(({ reads }) => reads.some((read) => read.name === name));
  const isRead = readers.length > 0 || findSettingRead(snapshot, project.root, name) !== undefined;
  const isBehind = readers.some(({ reads }) =>
    reads.some((read) => /(?:DIR|ROOT|PATH)$/.test(read.name) && read.name !== name),
  );
  const pattern = new RegExp(String.raw`(?:join\([^()\n]{1,80},\s*|/\s*)(?:settings\.)?${name}\b`);
  const question = { id: `${name} behind a folder`, files: /\.py$/, pattern };
  return !isRead || isBehind || findInCode(snapshot, project.root, question) !== undefined;
}
