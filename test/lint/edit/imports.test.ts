import assert from "node:assert/strict";
import { Bench, fixed } from "./support";

type Wanted = readonly [module: string, name?: string];

async function imported(text: string, ...wanted: Wanted[]): Promise<string> {
  const given: string[] = [];
  const result = await fixed(text, (edit, bench) => {
    given.length = 0;
    for (const [module, name] of wanted) given.push(edit.importName(bench.entry, module, name));
  });
  return `${given.join(" ")}|${result}`;
}

describe("importing", () => {
  const cases: readonly [name: string, before: string, wanted: readonly Wanted[], after: string][] = [
    ["into an empty file", "", [["os"]], "os|import os\n"],
    ["above the first statement", "A = 1\n", [["os"]], "os|import os\n\nA = 1\n"],
    ["behind a docstring", '"""Doc."""\n\nA = 1\n', [["os"]], 'os|"""Doc."""\n\nimport os\n\nA = 1\n'],
    [
      "behind a docstring without a blank line",
      '"""Doc."""\nA = 1\n',
      [["os"]],
      'os|"""Doc."""\n\nimport os\n\nA = 1\n',
    ],
    ["behind a lone docstring", '"""Doc."""', [["os"]], 'os|"""Doc."""\n\nimport os\n'],
    [
      "behind a shebang",
      "#!/usr/bin/env python\n# coding: utf-8\nA = 1\n",
      [["os"]],
      "os|#!/usr/bin/env python\n# coding: utf-8\nimport os\n\nA = 1\n",
    ],
    ["behind a licence", "# Licence\n# text\n\nA = 1\n", [["os"]], "os|# Licence\n# text\n\nimport os\n\nA = 1\n"],
    ["above a comment on the first statement", "# About A\nA = 1\n", [["os"]], "os|import os\n\n# About A\nA = 1\n"],
    [
      "behind __future__",
      "from __future__ import annotations\n\nA = 1\n",
      [["os"]],
      "os|from __future__ import annotations\n\nimport os\n\nA = 1\n",
    ],
    [
      "sorted in its section",
      "import abc\nimport sys\n\nA = 1\n",
      [["os"]],
      "os|import abc\nimport os\nimport sys\n\nA = 1\n",
    ],
    [
      "before from-imports of its section",
      "from pathlib import Path\n",
      [["os"]],
      "os|import os\nfrom pathlib import Path\n",
    ],
    [
      "a from-import behind imports",
      "import os\nimport sys\n",
      [["pathlib", "Path"]],
      "Path|import os\nimport sys\nfrom pathlib import Path\n",
    ],
    [
      "a new section at the end",
      "import os\n\nA = 1\n",
      [["environ"]],
      "environ|import os\n\nimport environ\n\nA = 1\n",
    ],
    [
      "a new section in front",
      "from django.conf import settings\n",
      [["os"]],
      "os|import os\n\nfrom django.conf import settings\n",
    ],
    [
      "a new section in between",
      "import os\n\nfrom .base import *\n",
      [["environ"]],
      "environ|import os\n\nimport environ\n\nfrom .base import *\n",
    ],
    [
      "before a star import",
      "from .base import *\n\nA = 1\n",
      [["os"]],
      "os|import os\n\nfrom .base import *\n\nA = 1\n",
    ],
    [
      "sections without blank lines",
      "import os\nimport environ\nA = 1\n",
      [["sys"]],
      "sys|import os\nimport sys\nimport environ\nA = 1\n",
    ],
    [
      "several",
      "import re\n\nA = 1\n",
      [["os"], ["environ"], ["sys"], ["decouple", "config"]],
      "os environ sys config|import os\nimport re\nimport sys\n\nimport environ\nfrom decouple import config\n\nA = 1\n",
    ],
    [
      "two names of one module",
      "A = 1\n",
      [
        ["decouple", "config"],
        ["decouple", "Csv"],
      ],
      "config Csv|from decouple import Csv, config\n\nA = 1\n",
    ],
    [
      "to an existing from-import",
      "from decouple import config\n",
      [["decouple", "Csv"]],
      "Csv|from decouple import Csv, config\n",
    ],
    [
      "to an existing from-import in lines",
      "from decouple import (\n    config,\n)\n",
      [["decouple", "Csv"]],
      "Csv|from decouple import (\n    Csv,\n    config,\n)\n",
    ],
    ["not into a branch", "if X:\n    import os\n", [["os"]], "_os|import os as _os\n\nif X:\n    import os\n"],
    ["what is there", "import os\n", [["os"]], "os|import os\n"],
    ["what is there under another name", "import os as system\n", [["os"]], "system|import os as system\n"],
    [
      "a name that is there",
      "from pathlib import Path as P\n",
      [["pathlib", "Path"]],
      "P|from pathlib import Path as P\n",
    ],
    ["a name of a module that is there", "import pathlib\n", [["pathlib", "Path"]], "pathlib.Path|import pathlib\n"],
    ["os.path by os", "import os\n", [["os.path"]], "os.path|import os\n"],
    ["a submodule", "import os\n", [["google.auth"]], "google.auth|import os\n\nimport google.auth\n"],
    [
      "beside a name that is taken",
      "environ = {}\n",
      [["environ"]],
      "_environ|import environ as _environ\n\nenviron = {}\n",
    ],
    [
      "one of two on a line",
      "import os; import sys\nA = 1\n",
      [["re"]],
      "re|import re\nimport os; import sys\nA = 1\n",
    ],
    [
      "where both forms are sorted together",
      "import abc\nfrom os import path\nimport sys\n",
      [["re"], ["pathlib", "Path"]],
      "re Path|import abc\nfrom os import path\nfrom pathlib import Path\nimport re\nimport sys\n",
    ],
    ["nothing twice", "A = 1\n", [["os"], ["os"]], "os os|import os\n\nA = 1\n"],
    ["with an emoji above", '"""🦄"""\nimport os  # 🦄\n', [["sys"]], 'sys|"""🦄"""\nimport os  # 🦄\nimport sys\n'],
    ["at the end without a line break", "import os", [["sys"]], "sys|import os\nimport sys\n"],
  ];
  for (const [name, before, wanted, after] of cases)
    it(name, async () => assert.equal(await imported(before, ...wanted), after));

  it("sorts the project's own modules behind third parties", async () => {
    const bench = await Bench.open({ "settings.py": "import os\n\nimport django\n", "shop/__init__.py": "" });
    assert.equal(
      bench.apply((edit, file) => void edit.importName(file, "shop")),
      "import os\n\nimport django\n\nimport shop\n",
    );
  });
  it("uses what a star import of the workspace brings", async () => {
    const bench = await Bench.open({
      "settings.py": "from base import *\n\nA = 1\n",
      "base.py": "import os\nfrom pathlib import Path\n",
    });
    assert.deepEqual(
      bench.edits((edit, file) => {
        assert.equal(edit.importName(file, "os"), "os");
        assert.equal(edit.importName(file, "pathlib", "Path"), "Path");
        assert.equal(edit.importName(file, "base", "os"), "os");
      }),
      [],
    );
  });
  it("does not use what a star import holds back", async () => {
    const bench = await Bench.open({
      "settings.py": "from base import *\n",
      "base.py": 'import os\n\n__all__ = ["A"]\nA = 1\n',
    });
    assert.equal(
      bench.apply((edit, file) => void edit.importName(file, "os")),
      "import os\n\nfrom base import *\n",
    );
  });
  it("imports anew at the head what is imported below the place of use", async () => {
    const after = await fixed("A = 1\n\nimport os\n\nB = os.name\n", (edit, bench) =>
      edit.replace(bench.entry, bench.range("1"), `${edit.importName(bench.entry, "os")}.sep`),
    );
    assert.equal(after, "import os\n\nA = os.sep\n\nimport os\n\nB = os.name\n");
  });
  it("takes the place of a deleted import", async () => {
    const after = await fixed("import abc\n\nA = 1\n", (edit, bench) => {
      edit.deleteStatement(bench.entry, bench.range("import abc"));
      edit.importName(bench.entry, "os");
    });
    assert.equal(after.replace(/\n+/g, "\n"), "import os\nA = 1\n");
  });
});
