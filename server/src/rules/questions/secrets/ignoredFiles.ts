import { joinPath, parentPath, relativePath, isInside, type FilePath } from "../../../base/path";
import {
  isAlwaysSecretName,
  isPlaceholder,
  isSecretName,
  looksRandom,
  tokenKind,
  urlWithPassword,
} from "../../../django/secrets";
import type { ReportedFix, RuleContext } from "../../../lint/rule";
import { isLoopback, isStandIn } from "./written";

/** `django-insecure-...`, `local-dev-secret-key`: nothing but a developer's machine runs with it. */
const FOR_DEVELOPERS = /(?:^|[^a-z])(?:insecure|local|localhost|dev|develop(?:ment)?|tests?|testing|demo)(?:[^a-z]|$)/i;

/** Whether a text below a name is a secret that somebody uses, not one that stands in for it. */
export function isRealSecret(name: string, text: string): boolean {
  if (text.length < 8 || isPlaceholder(text) || isStandIn(text) || FOR_DEVELOPERS.test(text)) return false;
  const url = urlWithPassword(text);
  if (url !== undefined) return !isLoopback(url.host) && looksRandom(url.password) && !name.endsWith("DSN");
  if (isAlwaysSecretName(name) || tokenKind(text) !== undefined) return true;
  return isSecretName(name) && (looksRandom(text) || (/PASS(?:WORD|WD)?$/.test(name) && isMixed(text)));
}

/** `zX23sa21`: nobody calls a thing so, however short it is. */
function isMixed(text: string): boolean {
  return (
    /^\w+$/.test(text) &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    /\d.*\d/.test(text) &&
    !/pass|admin|user|secret/i.test(text)
  );
}

/**
 * Whether it can be told what git ignores: the workspace is a repository's root. Of a directory inside of one, the patterns that
 * stand above it are not known.
 */
export function knowsIgnored({ snapshot: { listing } }: RuleContext): boolean {
  const isThere = (path: FilePath): boolean => listing.files.has(path) || listing.closed.has(path);
  return isThere(joinPath(listing.root, ".gitignore")) || isThere(joinPath(listing.root, ".git"));
}

/** Adds a file to the nearest `.gitignore`; none where the workspace has no such file. */
export function ignoreFix<Id extends string>(
  { snapshot }: RuleContext,
  id: Id,
  file: FilePath,
): ReportedFix<Id> | undefined {
  const { root } = snapshot.listing;
  for (let folder = parentPath(file); isInside(root, folder); folder = parentPath(folder)) {
    const path = joinPath(folder, ".gitignore");
    const text = snapshot.text(path);
    if (text === undefined && folder !== root) continue;
    if (text === undefined) return undefined;
    const line = `/${relativePath(folder, file)}`;
    const start = text === "" || text.endsWith("\n") ? "" : "\n";
    return { id, edit: (edit) => edit.insert(path, text.length, `${start}${line}\n`) };
  }
  return undefined;
}
