import assert from "node:assert/strict";
import { LineIndex } from "../../server/src/base/text";
import { differenceEdit } from "../../server/src/features/fixAll";
import { Addresses } from "../../server/src/lsp/addresses";
import { fromRange, toRange, toWorkspaceEdit, type Files } from "../../server/src/lsp/convert";

const local = new Addresses();

describe("lsp: converting", () => {
  it("reads file URIs, those of Windows too", () => {
    const cases: readonly (readonly [uri: string, path: string | undefined])[] = [
      ["file:///home/ann/shop/manage.py", "/home/ann/shop/manage.py"],
      ["file:///home/ann/my%20shop/l%C3%A4den%20%26%20100%25.py", "/home/ann/my shop/läden & 100%.py"],
      ["file:///c%3A/shop/manage.py", "/c:/shop/manage.py"],
      ["file:///C:/shop/manage.py", "/c:/shop/manage.py"],
      ["file:///D%3a/shop/", "/d:/shop"],
      ["file://localhost/srv/shop", "/srv/shop"],
      ["file:///", "/"],
      ["file://server/share/shop", undefined],
      ["untitled:Untitled-1", undefined],
      ["vscode-vfs://github/ann/shop/manage.py", undefined],
      ["file:///%zz", undefined],
      ["", undefined],
    ];
    for (const [uri, path] of cases) assert.equal(local.path(uri), path, uri);
  });

  it("reads the URIs of one place that is on no disk, and no others", () => {
    const github = new Addresses("vscode-vfs://github/ann/shop");
    assert.equal(github.path("vscode-vfs://github/ann/shop/a%20b.py"), "/ann/shop/a b.py");
    assert.equal(github.uri("/ann/shop/a b.py"), "vscode-vfs://github/ann/shop/a%20b.py");
    for (const uri of ["file:///ann/shop/manage.py", "vscode-vfs://gitlab/ann/shop/manage.py", "untitled:Untitled-1"])
      assert.equal(github.path(uri), undefined, uri);
    const memory = new Addresses("memfs:/shop");
    assert.equal(memory.path("memfs:/shop/manage.py"), "/shop/manage.py");
    assert.equal(memory.uri("/shop/manage.py"), "memfs:/shop/manage.py");
  });

  it("writes URIs that it reads back", () => {
    for (const path of ["/home/ann/shop.py", "/c:/shop/a b.py", "/ä/100%/#1/?.py", "/it's/(a)!/*.py", "/👋/shop.py"])
      assert.equal(local.path(local.uri(path)), path);
    assert.equal(local.uri("/c:/my shop/ä.py"), "file:///c%3A/my%20shop/%C3%A4.py");
  });

  it("counts columns in UTF-16 code units", () => {
    const lines = new LineIndex('A = "👋"\r\nB = 1\n');
    const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 8 } };
    assert.deepEqual(fromRange(lines, range), { start: 4, end: 8 });
    assert.deepEqual(toRange(lines, { start: 4, end: 8 }), range);
    assert.deepEqual(toRange(lines, { start: 10, end: 11 }), {
      start: { line: 1, character: 0 },
      end: { line: 1, character: 1 },
    });
    assert.deepEqual(fromRange(lines, { start: { line: 9, character: 0 }, end: { line: 9, character: 9 } }), {
      start: 16,
      end: 16,
    });
  });

  it("makes files only for a client that makes files", () => {
    const files: Files = { lines: () => undefined, uri: (path) => local.uri(path), version: () => null };
    const edits = [{ file: "/shop/.env", range: { start: 0, end: 0 }, text: "A=1\n", create: true }];
    assert.equal(
      toWorkspaceEdit(edits, files, { documentChanges: true, createFile: false, changeAnnotations: false }),
      undefined,
    );
    assert.deepEqual(
      toWorkspaceEdit(edits, files, { documentChanges: true, createFile: true, changeAnnotations: false }),
      {
        documentChanges: [
          { kind: "create", uri: "file:///shop/.env", options: { ignoreIfExists: true } },
          {
            textDocument: { uri: "file:///shop/.env", version: null },
            edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: "A=1\n" }],
          },
        ],
      },
    );
  });

  it("asks for a look at edits where it is told to, and the client can show them", () => {
    const files: Files = { lines: () => new LineIndex(""), uri: (path) => local.uri(path), version: () => null };
    const support = { documentChanges: true, createFile: true, changeAnnotations: true };
    const edits = [{ file: "/shop/production.py", range: { start: 0, end: 0 }, text: "A" }];
    const shown = (can: boolean, isPreviewed: boolean): string =>
      JSON.stringify(toWorkspaceEdit(edits, files, { ...support, changeAnnotations: can }, isPreviewed));
    assert.match(shown(true, true), /"annotationId":"elsewhere".*"needsConfirmation":true/);
    assert.doesNotMatch(shown(true, false), /nnotation/);
    assert.doesNotMatch(shown(false, true), /nnotation/);
  });

  it("finds the smallest edit between two texts", () => {
    const apply = (before: string, after: string): string => {
      const { range, text } = differenceEdit("/a.py", before, after);
      return before.slice(0, range.start) + text + before.slice(range.end);
    };
    for (const [before, after] of [
      ["abc", "abxc"],
      ["aaa", "aa"],
      ["", "x"],
      ["x", ""],
      ["same", "same"],
      ["a1b2c", "a2c"],
    ] as const)
      assert.equal(apply(before, after), after);
    assert.deepEqual(differenceEdit("/a.py", "abc", "axc"), { file: "/a.py", range: { start: 1, end: 2 }, text: "x" });
  });
});
