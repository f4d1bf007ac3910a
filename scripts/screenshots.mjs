// Copies the screenshots that the README shows from what the editor tests have left in out/screenshots.
// npm test && node scripts/screenshots.mjs

import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

for (const name of ["problems", "squiggle", "quickfix", "effective-settings", "compare"]) {
  copyFileSync(join(root, "out", "screenshots", `${name}.png`), join(root, "docs", "images", `${name}.png`));
}
