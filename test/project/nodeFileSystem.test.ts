import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromNativePath, nodeFileSystem, toNativePath } from "../../server/src/entry/nodeFileSystem";
import { MAX_FILE_BYTES } from "../../server/src/project/files";
import { listWorkspace } from "../../server/src/project/workspaceFiles";

describe("files of this machine", () => {
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "settings-files-"));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  async function failure(name: string): Promise<string> {
    const read = await nodeFileSystem.read(fromNativePath(join(folder, name)));
    return read.ok ? `text: ${read.text}` : read.reason;
  }

  it("reads UTF-8, without its byte order mark", async () => {
    await writeFile(join(folder, "bom.py"), "\uFEFFNAME = 'é😀'\r\n");
    assert.equal(await failure("bom.py"), "text: NAME = 'é😀'\r\n");
  });

  it("reads a list of requirements in UTF-16, as PowerShell writes it and pip reads it", async () => {
    const text = "Django==5.2\r\n";
    await writeFile(join(folder, "requirements.txt"), Buffer.from(`\uFEFF${text}`, "utf16le"));
    await writeFile(join(folder, "big-endian.txt"), Buffer.from(`\uFEFF${text}`, "utf16le").swap16());
    assert.equal(await failure("requirements.txt"), `text: ${text}`);
    assert.equal(await failure("big-endian.txt"), `text: ${text}`);
    await Promise.all(["requirements.txt", "big-endian.txt"].map((name) => rm(join(folder, name))));
  });

  it("says why a file has no text", async () => {
    await writeFile(join(folder, "latin.py"), Buffer.from([0x4e, 0xe9]));
    await writeFile(join(folder, "big.py"), "");
    await truncate(join(folder, "big.py"), MAX_FILE_BYTES + 1);
    await mkdir(join(folder, "inner"));
    await symlink("nowhere", join(folder, "dangling.py"));
    await symlink("circle.py", join(folder, "circle.py"));
    const names = ["latin.py", "big.py", "inner", "gone.py", "bom.py/x", "dangling.py", "circle.py"];
    assert.deepEqual(await Promise.all(names.map(failure)), [
      "not-utf8",
      "too-large",
      "not-a-file",
      "missing",
      "missing",
      "missing",
      "missing",
    ]);
  });

  it("reads a Python file in the encoding that it declares, as CPython does", async () => {
    const source = (comment: string, bytes: readonly number[]): Buffer =>
      Buffer.concat([Buffer.from(`${comment}\nNAME = '`), Buffer.from(bytes), Buffer.from("'\n")]);
    for (const [comment, bytes, expected] of [
      ["# -*- coding: latin-1 -*-", [0xe9, 0x80], "é\u0080"],
      ["#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :", [0xe9], "é"],
      ["\f\n# coding=ISO_8859_1", [0xfc], "ü"],
      ["# coding: cp1252", [0x80, 0x9f, 0xe9], "€Ÿé"],
      ["# coding: iso8859-15", [0xa4], "€"],
      ["# coding: cp1251", [0xc4, 0xe0], "Да"],
      ["# coding: koi8-r", [0xe4, 0xc1], "Да"],
      ["# -*- coding: utf-8-unix -*-", [0xc3, 0xa9], "é"],
      ["# coding: ascii", [0x65], "e"],
      // In the third line, or behind code, it is a comment like any other.
      ["#\n#\n# coding: latin-1", [0xc3, 0xa9], "é"],
      ["import os\n# coding: latin-1", [0xc3, 0xa9], "é"],
    ] as const) {
      await writeFile(join(folder, "cookie.py"), source(comment, bytes));
      assert.equal(await failure("cookie.py"), `text: ${comment}\nNAME = '${expected}'\n`, comment);
    }
  });

  it("refuses what CPython refuses to decode, and what it would decode otherwise", async () => {
    const read = async (comment: string, ...bytes: readonly number[]): Promise<unknown> => {
      await writeFile(join(folder, "cookie.py"), Buffer.from([...Buffer.from(comment), 10, ...bytes]));
      return nodeFileSystem.read(fromNativePath(join(folder, "cookie.py")));
    };
    const refused = (detail: string): unknown => ({ ok: false, reason: "not-utf8", detail });
    assert.deepEqual(await read("# coding: ascii", 0xe9), refused("ascii"));
    assert.deepEqual(await read("# coding: cp1252", 0x81), refused("cp1252"));
    assert.deepEqual(await read("# coding: cp1250", 0x81), refused("cp1250"));
    assert.deepEqual(await read("# coding: no-such", 0x20), refused("no-such"));
    assert.deepEqual(await read("# coding: shift_jis", 0x81, 0x60), refused("shift_jis"));
    assert.deepEqual(await read("\ufeff# coding: latin-1", 0x20), refused("latin-1"));
    assert.deepEqual(await read("# coding: utf-8", 0xe9), refused(""));
  });

  if (process.platform === "linux")
    it("does not read devices and files of the kernel, wherever a link to them stands", async () => {
      await symlink("/proc/version", join(folder, "version.py"));
      await symlink("version.py", join(folder, "twice.py"));
      await symlink("/dev/zero", join(folder, "zero.py"));
      await symlink("/sys/kernel/mm/transparent_hugepage/enabled", join(folder, "sys.py"));
      execFileSync("mkfifo", [join(folder, "pipe.py")]);
      const names = ["version.py", "twice.py", "zero.py", "pipe.py"];
      assert.deepEqual(
        await Promise.all(names.map(failure)),
        names.map(() => "not-a-file"),
      );
      assert.match(await failure("sys.py"), /^(?:not-a-file|missing)$/);
      const direct = await nodeFileSystem.read("/proc/self/status");
      assert.equal(direct.ok ? "text" : direct.reason, "not-a-file");
      for (const name of [...names, "sys.py"]) await rm(join(folder, name));
    });

  it("lists what links point at, and is not trapped by them", async () => {
    await symlink("..", join(folder, "inner", "up"));
    await symlink("bom.py", join(folder, "linked.py"));
    const listing = await listWorkspace(nodeFileSystem, fromNativePath(folder));
    const files = [...listing.files].map((path) => path.slice(fromNativePath(folder).length + 1));
    assert.deepEqual(files, ["big.py", "bom.py", "cookie.py", "latin.py", "linked.py"]);
    assert.deepEqual(listing.notes, []);
  });

  it("says that a folder cannot be read, and why", async () => {
    // A name beyond the limit fails for the superuser too, whom no permission stops.
    const listed = await nodeFileSystem.list(`${fromNativePath(folder)}/${"x".repeat(300)}`);
    assert.deepEqual(listed, { ok: false, reason: "unreadable", detail: "ENAMETOOLONG" });
  });

  it("gives the host's paths back", () => {
    assert.equal(toNativePath(fromNativePath(folder)), folder);
  });
});
