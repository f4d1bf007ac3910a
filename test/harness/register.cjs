// Lets mocha load the sources as they are: TypeScript through tsx, and a rule's Markdown page as its text, which is
// what esbuild makes of it in the bundles.

const { readFileSync } = require("node:fs");
require("tsx/cjs");

require.extensions[".md"] = (module, filename) => {
  module.exports = { __esModule: true, default: readFileSync(filename, "utf8") };
};
