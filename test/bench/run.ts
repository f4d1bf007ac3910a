import { join } from "node:path";
import { measureAnalyses } from "./analysis";
import { printBudget } from "./budget";
import { measureCheck, measureFreshProject } from "./check";
import { LINES, measureKeystrokes, measureStart } from "./keystroke";
import { printTable } from "./measurement";
import { installOtherTools } from "./otherTools";
import { measureRequests } from "./requests";
import { measureSyntaxStart } from "./syntaxStart";

// Prints how long things take on this machine, beside Ruff and Django where they can be installed: npm run bench [-- PROJECT].
// Builds the bundles first. PROJECT is the folder that the command line is measured with, else the example.

async function main(): Promise<void> {
  const project = process.argv[2] ?? join(__dirname, "..", "..", "example");
  const tools = installOtherTools();
  printTable("Keystroke to pulled diagnostics", await measureKeystrokes(200, tools));
  printTable(`Requests, ${LINES} lines`, await measureRequests(200));
  printTable("Start of the server", await measureStart(10, tools));
  printTable("Processor time of the command line", [...measureFreshProject(10, tools), ...measureCheck(project, 10)]);
  printTable("Analysis in one process", await measureAnalyses(100));
  printTable("Start of the parser", measureSyntaxStart(10));
  printBudget();
}

void main();
