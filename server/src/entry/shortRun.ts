import { compileForShortRun } from "./compilation";
import { isServer } from "./isServer";
import { startServer } from "./serverStart";

if (isServer) startServer();
else compileForShortRun();
