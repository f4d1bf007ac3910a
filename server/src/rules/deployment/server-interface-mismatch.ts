import { defineRule, siteOf } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import doc from "./server-interface-mismatch.md";

/** The routing table of an ASGI application that takes websockets. */
const WEBSOCKETS: CodeQuestion = {
  id: "routing of websockets",
  files: /(?:asgi|routing)\w{0,20}\.py$/,
  pattern: /^[ \t]*["']websocket["'][ \t]*:/m,
};

export const serverInterfaceMismatch = defineRule({
  id: "server-interface-mismatch",
  category: "deployment",
  severity: "info",
  audience: "project",
  django: { since: [3, 0] },
  messages: {
    websockets:
      "This starts a WSGI server, which does not serve websockets: the project routes them, and no file starts an ASGI server, so clients that connect get an error. Start the ASGI application with Daphne, Uvicorn or another ASGI server.",
  },
  doc,

  check(context) {
    const { project, snapshot } = context;
    if (project.server !== "wsgi" || !(context.hasPackage("channels") || context.hasPackage("daphne"))) return;
    const start = project.starts.find(({ serves }) => serves === "wsgi");
    // A second server beside it may be started in a way that is not followed.
    if (start === undefined || deploymentFiles(snapshot).some(({ text }) => ASGI.test(text))) return;
    const routing = findInCode(snapshot, project.root, WEBSOCKETS);
    if (routing === undefined) return;
    context.report({
      message: "websockets",
      at: siteOf(start.file, start.range),
      chain: [{ site: routing, text: "routes websockets" }],
    });
  },
});

const ASGI = /\b(?:daphne|uvicorn|hypercorn|granian|asgi)\b/i;
