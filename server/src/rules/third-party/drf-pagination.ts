import { defineRule, type ContextOf } from "../../lint/rule";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import { usesPackage } from "../questions/apps/installedApps";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { entryAt, keySite, textOf } from "../questions/dicts/dicts";
import { addKeysFix, isKeyOff, isKeyOn } from "../questions/dicts/judgedKeys";
import doc from "./drf-pagination.md";

type Context = ContextOf<typeof drfPagination>;

const SIZE = "PAGE_SIZE";
const CLASS = "DEFAULT_PAGINATION_CLASS";
const PAGINATOR = "rest_framework.pagination.PageNumberPagination";
/** REST framework's own paginators that return everything without a page size (rest_framework/pagination.py). */
const STOCK = /^rest_framework\.pagination\.(?:PageNumber|LimitOffset|Cursor)Pagination$/;

/** Paginators of single views use PAGE_SIZE, too. */
const OF_VIEWS: CodeQuestion = {
  id: "pagination of single views",
  files: /\.py$/,
  pattern: /\bpagination_class[ \t]*=[ \t]*\w|\brest_framework\.pagination\b/,
};

export const drfPagination = defineRule({
  id: "drf-pagination",
  category: "third-party",
  severity: "info",
  audience: "entry",
  aboutRequests: true,
  messages: {
    noClass:
      "REST_FRAMEWORK has PAGE_SIZE, but no pagination class: lists are not paginated, and responses hold every row (rest_framework.W001). Set DEFAULT_PAGINATION_CLASS.",
    noSize:
      "REST_FRAMEWORK has a pagination class, but no PAGE_SIZE: {name} of DEFAULT_PAGINATION_CLASS then does not paginate, and responses hold every row. Set PAGE_SIZE.",
  },
  fixes: {
    addClass: { safety: "unsafe", title: "Add PageNumberPagination" },
    addSize: { safety: "unsafe", title: 'Add "PAGE_SIZE": 100' },
  },
  doc,

  check(context) {
    if (!usesPackage(context, "djangorestframework", "rest_framework")) return;
    reportClass(context);
    reportSize(context);
  },
});

function reportClass(context: Context): void {
  const proof = context.setting("REST_FRAMEWORK").judge((value) => isKeyOn(value, SIZE) && isKeyOff(value, CLASS));
  if (proof === undefined || findInCode(context.snapshot, context.project.root, OF_VIEWS) !== undefined) return;
  const entry = entryAt(proof.value, SIZE);
  const written = entryAt(proof.value, CLASS) === undefined ? writtenDict(context, proof) : undefined;
  context.report({
    message: "noClass",
    proof,
    at: entry && keySite(context, entry),
    fixes: [addKeysFix("addClass", written, [[CLASS, (quote) => quote(PAGINATOR)]])],
  });
}

function reportSize(context: Context): void {
  const proof = context
    .setting("REST_FRAMEWORK")
    .judge((value) => STOCK.test(textOf(entryAt(value, CLASS)?.value) ?? "") && isKeyOff(value, SIZE));
  if (proof === undefined) return;
  const entry = entryAt(proof.value, CLASS);
  const name = textOf(entry?.value)?.split(".").at(-1) ?? "";
  const written = entryAt(proof.value, SIZE) === undefined ? writtenDict(context, proof) : undefined;
  context.report({
    message: "noSize",
    values: { name },
    proof,
    at: entry && keySite(context, entry),
    fixes: [addKeysFix("addSize", written, [[SIZE, () => "100"]])],
  });
}
