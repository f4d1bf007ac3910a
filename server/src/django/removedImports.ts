import { table } from "../base/table";
import type { Release } from "./release";

/** A name of Django's code that settings import, and that a release no longer has. */
export interface RemovedImport {
  /** The first series without it. */
  readonly removed: Release;
  /** The name in the same module that does the same; `undefined`: there is none. */
  readonly renamed: string | undefined;
  /** What to write instead where that is elsewhere, for people. */
  readonly instead: string | undefined;
}

/**
 * Release, module and names, `old=new` where the module has the same under another name; a row without names is about the module
 * itself. `>` says what to use instead. Sources: "Features removed" in the release notes of 1.4 to 6.0 (docs/releases), and
 * Django's deprecation timeline (docs/internals/deprecation).
 */
const ROWS = `
  1.6 django.conf.urls.defaults > django.urls
  1.9 django.utils.importlib > importlib
  1.9 django.utils.dictconfig > logging.config
  1.9 django.utils.unittest > unittest
  1.9 django.utils.datastructures SortedDict > collections.OrderedDict
  1.9 django.utils.log NullHandler > logging.NullHandler
  1.10 django.core.context_processors > django.template.context_processors
  1.10 django.conf.global_settings TEMPLATE_CONTEXT_PROCESSORS TEMPLATE_LOADERS TEMPLATE_DIRS
  2.0 django.conf.global_settings MIDDLEWARE_CLASSES
  2.0 django.core.urlresolvers > django.urls
  3.0 django.utils.six
  3.0 django.utils.lru_cache > functools.lru_cache
  3.0 django.utils._os abspathu > os.path.abspath
  3.0 django.utils.encoding python_2_unicode_compatible
  3.0 django.utils.functional curry > functools.partial
  3.0 django.shortcuts render_to_response > django.shortcuts.render
  3.0 django.contrib.staticfiles.templatetags > django.templatetags.static
  4.0 django.conf.urls url > django.urls.re_path
  4.0 django.utils.encoding force_text=force_str smart_text=smart_str
  4.0 django.utils.http is_safe_url=url_has_allowed_host_and_scheme
  4.0 django.utils.http urlquote urlquote_plus urlunquote urlunquote_plus > urllib.parse
  4.0 django.utils.text unescape_entities > html.unescape
  4.0 django.utils.translation ugettext=gettext ugettext_lazy=gettext_lazy ugettext_noop=gettext_noop
  4.0 django.utils.translation ungettext=ngettext ungettext_lazy=ngettext_lazy
  5.0 django.utils.baseconv
  5.0 django.utils.datetime_safe
  5.0 django.utils.timezone utc > datetime.timezone.utc
  5.1 django.core.files.storage get_storage_class > django.core.files.storage.storages
`;

/** By dotted name; made when it is first asked for. */
let known: Readonly<Record<string, RemovedImport>> | undefined;

/** What is known of a name or a module that is imported from Django; `undefined`: it may be there. */
export function removedImport(dotted: string): RemovedImport | undefined {
  known ??= table(Object.fromEntries(ROWS.trim().split("\n").flatMap(importsOf)));
  return known[dotted];
}

function importsOf(row: string): readonly (readonly [string, RemovedImport])[] {
  const [what = "", instead] = row.trim().split(" > ");
  const [release = "", module = "", ...names] = what.split(" ");
  const [major = 0, minor = 0] = release.split(".").map(Number);
  const removed = [major, minor] as const;
  if (names.length === 0) return [[module, { removed, renamed: undefined, instead }]];
  return names.map((name) => {
    const [old = "", renamed] = name.split("=");
    return [`${module}.${old}`, { removed, renamed, instead: instead ?? renamed }];
  });
}
