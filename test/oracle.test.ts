import assert from "node:assert/strict";
import { testParser } from "./harness/parser";
import { oracleTopics, readOracleCases } from "./oracle/cases";
import { addCarried, carriedBy, NOTHING_CARRIED } from "./oracle/findings";
import { addParity, NO_PARITY, parityOf, reasonsOf } from "./oracle/parity";
import { addUp, measureCase, NOTHING, type Measure } from "./oracle/measure";
import { digestOf, readRecording, type RecordedCase } from "./oracle/recording";

/** What may stay open of the settings that Django knows, and of all names: some cases are about what cannot be known, or is not followed. */
const MAX_OPEN = { django: 0.02, all: 0.06 };

describe("what CPython and Django make of settings", () => {
  let sum: Measure = NOTHING;
  let parity = NO_PARITY;
  let carried = NOTHING_CARRIED;
  for (const topic of oracleTopics()) {
    const recording = readRecording(topic);
    const cases = readOracleCases(topic);
    describe(topic, () => {
      for (const one of cases) {
        it(one.title, async () => {
          const recorded = recording[one.title];
          assert.ok(recorded !== undefined && recorded.digest === digestOf(one), "record it again: npm run oracle");
          const measure = measureCase(await testParser(), one, recorded satisfies RecordedCase);
          sum = addUp(sum, measure);
          assert.deepEqual(measure.wrong, []);
          const checks = await parityOf(await testParser(), one, recorded);
          parity = addParity(parity, checks);
          assert.deepEqual(checks.wrong, []);
          const own = await carriedBy(one, recorded);
          carried = addCarried(carried, own);
          assert.deepEqual(own.extra, []);
        });
      }

      it("is recorded as it is", () => {
        assert.deepEqual(
          Object.keys(recording),
          cases.map(({ title }) => title),
        );
      });
    });
  }

  // A suite of its own, because mocha runs it after those above.
  describe("all of it", () => {
    it("leaves next to nothing open", () => {
      console.log(
        `      ${sum.values} values of ${sum.runs} runs: ${sum.wrong.length} wrong; ${sum.openDjango.length} of ${sum.djangoValues} of Django's settings open; ` +
          `${sum.reportedFailures} of ${sum.failures} failing imports reported with exception and line`,
      );
      assert.ok(sum.openDjango.length <= MAX_OPEN.django * sum.djangoValues, sum.openDjango.join("\n"));
      assert.ok(sum.open.length <= MAX_OPEN.all * sum.values, sum.open.join("\n"));
    });

    it("says what Django's checks say", () => {
      console.log(
        `      ${parity.reports} reports of Django's checks: ${parity.wrong.length} ids wrong, ${parity.equal} reports the same to the last id, ` +
          `${parity.open.flat().length} ids left open in the others: ${reasonsOf(parity)}`,
      );
      assert.ok(parity.reports > 0);
    });

    it("gives no finding an id that Django does not report", () => {
      const counts = new Map<string, number>();
      for (const id of carried.silent) counts.set(id, (counts.get(id) ?? 0) + 1);
      const silent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([id, count]) => `${id} ${count}`);
      console.log(
        `      ${carried.agreed} check ids carried by findings, ${carried.extra.length} not reported by Django; ` +
          `reported and without a finding, for the rules' own reasons: ${silent.join(", ")}`,
      );
      assert.ok(carried.agreed > 0);
    });
  });
});
