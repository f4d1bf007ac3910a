// First: what is loaded after it is compiled as it says.
import "./shortRun";
import { isServer } from "./isServer";
import { runBundle } from "./keptCode";

if (isServer) runBundle("serverMain.js", true);
else runBundle("cliMain.js", process.argv.includes("check"));
