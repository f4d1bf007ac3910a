import { runBundle } from "./keptCode";

runBundle("serverMain.js", true);
