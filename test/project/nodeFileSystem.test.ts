import assert from "node:assert/strict";
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

  it("lists what links point at, and is not trapped by them", async () => {
    await symlink("..", join(folder, "inner", "up"));
    await symlink("bom.py", join(folder, "linked.py"));
    const listing = await listWorkspace(nodeFileSystem, fromNativePath(folder));
    const files = [...listing.files].map((path) => path.slice(fromNativePath(folder).length + 1));
    assert.deepEqual(files, ["big.py", "bom.py", "latin.py", "linked.py"]);
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
