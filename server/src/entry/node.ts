import { runBundle } from "./keptCode";
import { startServer } from "./serverStart";

startServer();
runBundle("serverMain.js", true);
