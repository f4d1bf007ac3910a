import assert from "node:assert/strict";
import { LineIndex } from "../../server/src/base/text";
import { foldsOf } from "../../server/src/features/folding";
import type { Parser } from "../../server/src/syntax/parser";
import { testParser } from "../harness/parser";

let parser: Parser;

/** The folds of some kind as `first line ... last line`. */
function folds(source: readonly string[], kind: "section" | "block" = "section"): readonly string[] {
  const lines = new LineIndex(source.join("\n"));
  return foldsOf(parser.parse(lines.text), lines)
    .filter((fold) => fold.kind === kind)
    .map(({ start, end }) => `${source[start]?.trim()} ... ${source[end]?.trim()}`);
}

describe("folding", () => {
  before(async () => {
    parser = await testParser();
  });

  it("folds sections by the usual comments, each up to the next of its kind", () => {
    const titles = [
      ["# -- Databases --"],
      ["#### Databases ####"],
      ["### Databases"],
      ["# --- Databases"],
      ["# ========= Databases ========="],
      ["#===== Databases =====#"],
      ["# Databases", "# ----------------"],
    ];
    for (const title of titles) {
      const second = title.map((line) => line.replace("Databases", "Email"));
      const source = [...title, "A = 1", "B = 2", "", ...second, "C = 3", ""];
      assert.deepEqual(folds(source), [`${title[0]} ... B = 2`, `${second[0]} ... C = 3`]);
    }
  });

  it("leaves the title of a box to be seen", () => {
    for (const ruler of ["# =======", "##########", "#-------#"]) {
      const boxes = [[ruler, "# Databases", "# and caches", ruler, "A = 1"], [""], [ruler, "# Email", ruler, "B = 1"]];
      assert.deepEqual(folds(boxes.flat()), ["# Databases ... A = 1", "# Email ... B = 1"]);
    }
  });

  it("folds sections in sections of another style", () => {
    const source = [
      "# ===== Storage =====",
      "# -- Files --",
      "A = 1",
      "# -- Database --",
      "B = 1",
      "# ===== Mail =====",
      "# -- Server --",
      "C = 1",
    ];
    assert.deepEqual(folds(source), [
      "# ===== Storage ===== ... B = 1",
      "# -- Files -- ... A = 1",
      "# -- Database -- ... B = 1",
      "# ===== Mail ===== ... C = 1",
      "# -- Server -- ... C = 1",
    ]);
  });

  it("folds regions, with what is in them", () => {
    const source = [
      "# -- Databases --",
      "# region replicas",
      "A = 1",
      "# -- Regions --",
      "B = 1",
      "# endregion",
      "C = 1",
      "# -- Email --",
      "D = 1",
      "# region that never ends",
      "E = 1",
    ];
    assert.deepEqual(folds(source), [
      "# -- Databases -- ... C = 1",
      "# region replicas ... # endregion",
      "# -- Regions -- ... B = 1",
      "# -- Email -- ... E = 1",
    ]);
  });

  it("folds sections of classes, which end with the class", () => {
    const source = [
      "class Base(Configuration):",
      "    # -- Databases --",
      "    A = 1",
      "    # -- Email --",
      "    B = 1",
      "",
      "class Production(Base):",
      "    pass",
    ];
    assert.deepEqual(folds(source), ["# -- Databases -- ... A = 1", "# -- Email -- ... B = 1"]);
  });

  it("takes other comments for what they are", () => {
    const source = [
      "# Databases",
      "# https://docs.djangoproject.com/en/5.2/ref/settings/#databases",
      "A = 1  # -- Not a title --",
      "# --no-color is passed in tests",
      "# - an item",
      "B = [",
      "# -- In a list --",
      "    1,",
      "]",
      'C = """',
      "# -- In a string --",
      '"""',
      "# a paragraph that",
      "# a ruler ends",
      "# --------",
      "#D = 1",
      "E = 1",
    ];
    assert.deepEqual(folds(source), []);
  });

  it("folds what is indented, as editors do", () => {
    const source = ["if DEBUG:", "    A = {", "        1: 2,", "    }", "", "else:", "    B = 1", "", "", "C = 1"];
    assert.deepEqual(folds(source, "block"), ["if DEBUG: ... }", "A = { ... 1: 2,", "else: ... B = 1"]);
  });

  it("gives folds that lie in each other or apart", () => {
    const source = [
      "# -- A --",
      "if X:",
      "    # region r",
      "    # -- B --",
      "# -- C --",
      "    D = 1",
      "# endregion",
      "E = 1",
    ];
    const lines = new LineIndex(source.join("\n"));
    const all = foldsOf(parser.parse(lines.text), lines);
    for (const a of all)
      for (const b of all) assert.ok(b.start <= a.start || b.start > a.end || b.end <= a.end, JSON.stringify([a, b]));
  });
});
