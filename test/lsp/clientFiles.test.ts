import assert from "node:assert/strict";
import type {
  CodeAction,
  Diagnostic,
  Hover,
  ShowMessageParams,
  WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import type {
  FolderEntry,
  ListFolderParams,
  ListFolderResult,
  ReadFileParams,
  ReadFileResult,
} from "../../server/src/protocol";
import { codesOf, LspClient, PULLING } from "../harness/lspClient";
import { SHOP } from "./shop";

const ROOT = "vscode-vfs://github/ann/my%20shop";
const BASE = `${ROOT}/shop/settings/base.py`;

/** A folder on no disk, which the client reads for the server. */
class RemoteFolder {
  readonly files = new Map<string, Buffer>();
  readonly links = new Set<string>();

  constructor() {
    for (const [path, text] of Object.entries(SHOP)) this.files.set(`${ROOT}/${path}`, Buffer.from(text));
  }

  serve({ connection }: LspClient): void {
    connection.onRequest<ReadFileResult, void>(
      "djangoSettingsLint/readFile",
      ({ uri, maxBytes }: ReadFileParams): ReadFileResult => {
        const bytes = this.files.get(uri);
        if (bytes === undefined) return { failure: "missing", detail: "FileNotFound" };
        return bytes.length > maxBytes ? { failure: "too-large", detail: "" } : { base64: bytes.toString("base64") };
      },
    );
    connection.onRequest<ListFolderResult, void>(
      "djangoSettingsLint/listFolder",
      ({ uri }: ListFolderParams): ListFolderResult => {
        const entries = new Map<string, FolderEntry>();
        for (const path of this.files.keys()) {
          if (!path.startsWith(`${uri}/`)) continue;
          const [name = "", ...rest] = path.slice(uri.length + 1).split("/");
          const kind = rest.length === 0 ? "file" : "directory";
          entries.set(name, { name, kind, isSymbolicLink: this.links.has(`${uri}/${name}`) });
        }
        return entries.size === 0 ? { failure: "missing", detail: "" } : { entries: [...entries.values()] };
      },
    );
  }
}

describe("lsp: files that the client reads", function () {
  this.timeout(20_000);
  let folder: RemoteFolder;
  let client: LspClient;

  beforeEach(() => {
    folder = new RemoteFolder();
  });
  afterEach(() => client.kill());

  async function start(): Promise<void> {
    client = LspClient.connect({ folders: [] });
    folder.serve(client);
    await initialize();
  }

  async function initialize(): Promise<void> {
    await client.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: PULLING,
      initializationOptions: { readsFiles: true },
      workspaceFolders: [{ uri: ROOT, name: "shop" }],
    });
    await client.connection.sendNotification("initialized", {});
  }

  async function findings(): Promise<ReadonlyMap<string, Diagnostic[]>> {
    const report = await client.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    return new Map(report.items.map((item) => [item.uri, item.kind === "full" ? item.items : []]));
  }

  async function fix(): Promise<CodeAction> {
    const found = await findings();
    const [diagnostic] = found.get(BASE) ?? [];
    assert.ok(diagnostic);
    const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: BASE },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    const [first] = actions;
    assert.ok(first);
    return client.resolve(first);
  }

  it("are analysed and linked under their own addresses", async () => {
    await start();
    const found = await findings();
    assert.deepEqual([...found.keys()], [BASE]);
    assert.deepEqual(codesOf(found.get(BASE) ?? []), ["debug-enabled"]);
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri: BASE },
      position: { line: 6, character: 1 },
    });
    assert.ok(JSON.stringify(hover.contents).includes(`(${BASE}#L7)`), JSON.stringify(hover.contents));
  });

  it("are read in the encoding that they declare", async () => {
    const text = `# coding: latin-1\nNAME = "Käse"\n${SHOP["shop/settings/base.py"]}`;
    folder.files.set(BASE, Buffer.from(text, "latin1"));
    await start();
    const [diagnostic] = (await findings()).get(BASE) ?? [];
    assert.equal(diagnostic?.code, "debug-enabled");
    assert.equal(diagnostic.range.start.line, 8);
  });

  it("are changed by fixes under their own addresses", async () => {
    await start();
    const { edit } = await fix();
    assert.ok(JSON.stringify(edit).includes(ROOT), JSON.stringify(edit));
  });

  it("are left alone where a link leads nobody knows where", async () => {
    folder.links.add(`${ROOT}/shop/settings/production.py`);
    await start();
    const told: string[] = [];
    client.connection.onNotification("window/showMessage", ({ message }: ShowMessageParams) => {
      told.push(message);
    });
    const { edit } = await fix();
    assert.equal(edit, undefined);
    assert.match(told.join("\n"), /Nothing was changed: .* is a link to an unknown place, outside of this folder/);
  });

  it("may all be missing, when the client answers nothing", async () => {
    client = LspClient.connect({ folders: [] });
    await initialize();
    await client.until(
      () =>
        client.logged.some((line) =>
          line.includes("This folder cannot be read and was skipped: the editor does not answer"),
        ),
      "a note in the log",
    );
  });
});
