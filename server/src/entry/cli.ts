// First: what is loaded after it is compiled as it says.
import "./shortRun";
import { runBundle } from "./keptCode";

runBundle("cliMain.js", process.argv.includes("check"));
