// Runs scripts/oracle/run.py in CPython compiled to WebAssembly, for releases of Django that need a newer CPython than the
// machine has:  node scripts/oracle/pyodide.mjs SITE_PACKAGES  with jobs as JSON lines on standard input.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

// A process cannot fork here, so everything that a job brought into the interpreter is taken out again.
const ISOLATE = `
import builtins, io, os, shutil, sys, types
# Some libraries tell a script from an interactive session by its file: python-dotenv then starts from its caller's folder.
__file__ = "/run.py"
builtins.exit = builtins.quit = lambda *_: (_ for _ in ()).throw(SystemExit())
before = {"modules": dict(sys.modules), "path": list(sys.path), "finders": list(sys.meta_path), "argv": list(sys.argv)}

def answer_alone(line):
    import json
    os.environ.clear()
    os.environ["PATH"] = "/usr/bin"
    output, sys.stdout = sys.stdout, io.StringIO()
    try:
        return answer(json.loads(line), "/project")
    finally:
        sys.stdout = output
        os.chdir("/")
        shutil.rmtree("/project", ignore_errors=True)
        sys.path[:], sys.meta_path[:], sys.argv[:] = before["path"], before["finders"], before["argv"]
        for name in [name for name in sys.modules if name not in before["modules"]]:
            del sys.modules[name]
        # The next project has other files in folders of the same names.
        for path in [path for path in sys.path_importer_cache if path.startswith("/project")]:
            del sys.path_importer_cache[path]
`;

async function main() {
  const folder = dirname(fileURLToPath(import.meta.url));
  const python = await loadPyodide({ stdout: () => undefined, stderr: () => undefined });
  python.FS.mkdirTree("/site");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: process.argv[2] }, "/site");
  python.runPython(`import sys; sys.path.append("/site")`);
  python.runPython(readFileSync(join(folder, "run.py"), "utf8").replace(/\nif __name__ ==[^]*$/, "\n"));
  python.runPython(ISOLATE);
  const answer = python.globals.get("answer_alone");
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${answer(line)}\n`);
  }
}

await main();
