import { isDjangoSetting } from "../../../django/facts";
import type { RuleContext } from "../../../lint/rule";
import type { EffectiveSetting, Judged } from "../../../lint/setting";
import { findSettingRead } from "../../../project/codeIndex";
import { judgedLeaf, leavesOf, type JudgedLeaf, type Leaf } from "../dicts/leaves";

/** Settings with an address that visitors are sent to, by a page or by mail. */
const LINK =
  /^(?:(?:STATIC|MEDIA|LOGIN|LOGIN_REDIRECT|LOGOUT_REDIRECT|BASE|APP_BASE|WEB_BASE|WAGTAILADMIN_BASE)_URL|BASE_(?:FRONTEND|BACKEND|SITE)_URL|(?:\w+_)?(?:FRONTEND|FRONT_END|SITE|PUBLIC|BACKEND|WEBSITE|CLIENT)(?:_(?:BASE|HOME|APP|ROOT))?_URL|(?:\w+_)?(?:CALLBACK|REDIRECT)_UR[LI]|(?:(?:SITE|FRONTEND|APP)_)?DOMAIN)$/;

/** The same as a key of a dict, where the setting that has it is about mail or pages as well. */
const KEYS: readonly (readonly [setting: RegExp, key: RegExp])[] = [
  [/^DJOSER$/, /^(?:EMAIL_FRONTEND_)?DOMAIN$/],
  [/NOTIFICATION|MAIL/, /^(?:BASE|SITE|FRONTEND)_URL$/],
];

/** This machine, with or without a scheme. */
const LOCAL = /^(?:https?:\/\/)?(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0)(?::\d+)?(?:\/|$)/i;

/**
 * The addresses of a setting that lead visitors to a developer's machine, as they are written or while variables are missing. What
 * no code of the project and no package reads is left out.
 */
export function localLinks(context: RuleContext, setting: EffectiveSetting): readonly Judged<JudgedLeaf>[] {
  const { name } = setting;
  const isRead = (): boolean => isDjangoSetting(name) || isOfPackage(context, name) || isReadByCode(context, name);
  if (!LINK.test(name) && !KEYS.some(([of]) => of.test(name))) return [];
  const found = setting.judgeParts((value) => leavesOf(name, value).filter(isLocalLink).map(judgedLeaf));
  return found.length > 0 && isRead() ? found : [];
}

function isLocalLink({ path, value }: Leaf): boolean {
  const [name = "", key] = path;
  const isLink = key === undefined ? LINK.test(name) : KEYS.some(([of, keys]) => of.test(name) && keys.test(key));
  return isLink && path.length <= 2 && value.kind === "str" && LOCAL.test(value.value);
}

/** Djoser puts DOMAIN into its mails by itself, and Wagtail its address. */
function isOfPackage({ hasPackage }: RuleContext, name: string): boolean {
  return name === "WAGTAILADMIN_BASE_URL" || (/^(?:DJOSER|DOMAIN)$/.test(name) && hasPackage("djoser"));
}

function isReadByCode({ snapshot, project }: RuleContext, name: string): boolean {
  return findSettingRead(snapshot, project.root, name) !== undefined;
}
