import { compileForStart } from "./compilation";

/** To be called before the server is loaded, which has things compiled as usual once it has started. */
export function startServer(): void {
  compileForStart();
  // What V8 has compiled is kept then, for a process that begins with the same flags.
  process.on("exit", compileForStart);
}
