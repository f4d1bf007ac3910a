// Makes the files of a new rule, with a rule in them that works, and lists it in server/src/rules/index.ts:
//
//   npm run new-rule security/some-setting-disabled

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const CATEGORIES = [
  "security",
  "performance",
  "split-settings",
  "correctness",
  "deprecation",
  "deployment",
  "third-party",
];
const INDEX = "server/src/rules/index.ts";

/**
 * Makes the files of a rule.
 *
 * @param {string} root the repository
 * @param {string | undefined} name `category/id`
 * @returns {{ readonly files: readonly string[] } | { readonly problem: string }} what was written, or why nothing was
 */
export function scaffold(root, name) {
  const [category = "", id = "", ...more] = (name ?? "").split("/");
  if (name === undefined || id === "" || more.length > 0)
    return { problem: "Name the rule as category/id: npm run new-rule security/some-setting-disabled" };
  if (!CATEGORIES.includes(category))
    return { problem: `There is no category "${category}". Use one of ${CATEGORIES.join(", ")}.` };
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))
    return {
      problem: `"${id}" is no id of a rule: write the bad state in lower case with hyphens, as in debug-enabled.`,
    };
  const folder = join(root, "server/src/rules");
  const taken = readdirSync(folder, { recursive: true }).find((path) =>
    `/${path.replaceAll("\\", "/")}`.endsWith(`/${id}.ts`),
  );
  if (taken !== undefined) return { problem: `There is a rule ${id} already: server/src/rules/${taken}.` };
  const constant = id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const texts = {
    [`server/src/rules/${category}/${id}.ts`]: source(category, id, constant),
    [`server/src/rules/${category}/${id}.md`]: page(id),
    [`test/rules/${category}/${id}.md`]: cases(id),
    [INDEX]: listed(readFileSync(join(root, INDEX), "utf8"), category, id, constant),
  };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { files: Object.keys(texts) };
}

/** The index with an import in its alphabetical place, and an entry at the end of its category. */
function listed(index, category, id, constant) {
  const lines = index.split("\n");
  const line = `import { ${constant} } from "./${category}/${id}";`;
  const pathOf = (text) => /from "\.\/(.+)";$/.exec(text)?.[1];
  const isRule = (text) => pathOf(text)?.includes("/") === true;
  const next = lines.findIndex((text) => isRule(text) && pathOf(text) > `${category}/${id}`);
  lines.splice(next < 0 ? lines.findLastIndex(isRule) + 1 : next, 0, line);
  const heading = lines.findIndex((text) => text.trim() === `// ${category}`);
  const end = lines.findIndex((text, at) => at > heading && /^ {2}\/\/ |^\];/.test(text));
  lines.splice(end, 0, `  ${constant},`);
  return lines.join("\n");
}

function source(category, id, constant) {
  return `import { defineSettingRule } from "../settingRule";
import doc from "./${id}.md";

export const ${constant} = defineSettingRule({
  id: "${id}",
  category: "${category}",
  severity: "warning",
  audience: "hardened",
  setting: "EXAMPLE_SETTING",
  messages: {
    off: "EXAMPLE_SETTING is off in {module}, which runs in {environment}: what happens then. What to do.",
    unset: "{module} runs in {environment} and does not set EXAMPLE_SETTING: what happens then. What to do.",
  },
  fixes: { turnOn: { safety: "unsafe", set: "True" } },
  doc,
});
`;
}

function page(id) {
  return `# ${id}

Reports a settings module that production runs, and what is wrong with it.

## Why it matters

What happens, to whom, and how one would notice.

## Wrong

\`\`\`python role=production
DEBUG = False
EXAMPLE_SETTING = False
\`\`\`

## Right

\`\`\`python role=production
DEBUG = False
EXAMPLE_SETTING = True
\`\`\`

## When to turn it off

The case in which the finding is right and of no use.

## Related

Rules about the same thing, and the page of Django's documentation.
`;
}

function cases(id) {
  return `# ${id}

## Reports a value that is off

\`shop/settings/production.py\` (role: production)

\`\`\`python
EXAMPLE_SETTING = False  # finding: ${id}/off "is off in shop.settings.production"
\`\`\`

Fix \`turnOn\` in \`shop/settings/production.py\`

\`\`\`python
EXAMPLE_SETTING = True
\`\`\`

## Reports a module that does not set it

\`shop/settings/production.py\` (role: production)

\`\`\`python
DEBUG = False  # finding: ${id}/unset "does not set EXAMPLE_SETTING"
\`\`\`

## Says nothing in development

\`shop/settings/development.py\` (role: development)

\`\`\`python
EXAMPLE_SETTING = False
\`\`\`
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = scaffold(dirname(dirname(fileURLToPath(import.meta.url))), process.argv[2]);
  if ("problem" in result) {
    console.error(result.problem);
    process.exitCode = 1;
  } else {
    const [rule, text, tests, index] = result.files;
    const id = process.argv[2].split("/")[1];
    console.log(`Wrote a rule that works:
  ${rule}  (what it reports)
  ${text}  (its page: why, wrong, right)
  ${tests}  (its cases)
and listed it in ${index}.

Next, as docs/writing-rules.md says:
  1. Write the cases, then the rule until they pass: npx mocha test/rules.test.ts -g "${id}"
  2. Write the page.
  3. Update what is derived of the list of rules: npm run generate`);
  }
}
