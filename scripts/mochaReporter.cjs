// A mocha reporter for `npm test`: one line per outermost suite while it runs, the failures in full at the end, and the
// run as JSON in the file that the reporter option `output` names, which scripts/test.mjs adds up.

const Mocha = require("mocha");
const { mkdirSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

const { EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } =
  Mocha.Runner.constants;

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function plain(test) {
  return { title: test.fullTitle(), file: test.file, duration: test.duration ?? 0, error: test.err?.message };
}

module.exports = class extends Mocha.reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const record = { passed: [], failed: [], pending: [] };
    let began = 0;
    let counts = { passed: 0, failed: 0, pending: 0 };

    runner.on(EVENT_SUITE_BEGIN, (suite) => {
      if (suite.parent?.root !== true) return;
      began = Date.now();
      counts = { passed: 0, failed: 0, pending: 0 };
    });
    runner.on(EVENT_TEST_PASS, (test) => {
      counts.passed += 1;
      record.passed.push(plain(test));
    });
    runner.on(EVENT_TEST_FAIL, (test) => {
      counts.failed += 1;
      record.failed.push(plain(test));
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      counts.pending += 1;
      record.pending.push(plain(test));
    });
    runner.on(EVENT_SUITE_END, (suite) => {
      if (suite.parent?.root !== true) return;
      const mark = counts.failed > 0 ? "FAILED" : "ok";
      const failed = counts.failed > 0 ? `, ${counts.failed} failed` : "";
      const pending = counts.pending > 0 ? `, ${counts.pending} not run` : "";
      console.log(
        `  ${mark}  ${suite.title}: ${counts.passed} passed${failed}${pending} (${seconds(Date.now() - began)})`,
      );
    });
    runner.on(EVENT_RUN_END, () => {
      if (this.failures.length > 0) Mocha.reporters.Base.list(this.failures);
      const output = options?.reporterOptions?.output ?? options?.reporterOption?.output;
      mkdirSync(dirname(output), { recursive: true });
      writeFileSync(output, `${JSON.stringify(record, null, 2)}\n`);
    });
  }
};
