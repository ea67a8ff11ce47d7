"""nevaperf bench from outside: the contract of its output, and what it leaves when things go wrong.

    NEVAPERF=PROGRAM bench_test.py
"""

import json
import os
import pathlib
import pty
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

from scratch_case import ENDLESS, NEVAPERF, PROGRAMS, ScratchCase

DEFAULT_SET = [
    "hop", "ping_pong", "pipeline/8", "fan_in/16", "fan_out/16", "two_inputs", "select/2", "struct_build_field",
    "range_map_wait/100000", "start_up", "start_up/process", "program/loop_sum", "program/route_by_remainder",
    "program/struct_chain",
]


class Bench(ScratchCase):
    def setUp(self):
        super().setUp()
        self.runs = self.place / ".nevaperf" / "runs"
        self.environment = {name: value for name, value in os.environ.items() if name != "NEVAPERF_DIR"}

    def start(self, *words, **more):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | more
        return subprocess.Popen(
            [NEVAPERF, "bench", *words], cwd=self.place, env=self.environment, stdin=subprocess.DEVNULL, **options
        )

    def bench(self, *words, status=0):
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, status, f"{words}\n{out}\n{err}")
        return out, err

    def bench_json(self, *words, status=0):
        out, err = self.bench(*words, "--format", "json", status=status)
        return json.loads(out), err

    def journals(self):
        return sorted(self.runs.glob("*.journal"))

    def check_metric(self, metric):
        low, high = metric["ci"]
        self.assertLessEqual(low, metric["median"])
        self.assertLessEqual(metric["median"], high)
        self.assertEqual(len(metric["samples"]), metric["n"])
        self.assertGreaterEqual(metric["n"], 1)

    def test_json_is_the_contract(self):
        run, err = self.bench_json("hop", "struct_build_field", "--time", "4s")
        self.assertEqual(run["schema"], "nevaperf.run/1")
        self.assertEqual([one["name"] for one in run["scenarios"]], ["hop", "struct_build_field"])
        for name in ("cores", "kernel", "compiler", "build_type", "allocator", "load"):
            self.assertIn(name, run["environment"])
        for scenario in run["scenarios"]:
            self.assertEqual(scenario["status"], "ok")
            metrics = scenario["metrics"]
            for unit in ("sec/op", "cpu-sec/op", "messages/s", "peak-RSS-B"):
                self.check_metric(metrics[unit])
                self.assertGreater(metrics[unit]["median"], 0)
            self.check_metric(metrics["ctx-switches/op"])
            self.assertLess(metrics["ctx-switches/op"]["median"], 1)
            self.assertGreaterEqual(metrics["sec/op"]["n"], 6)
        if "sanitizers" not in run["environment"]:
            hop, struct = (one["metrics"] for one in run["scenarios"])
            self.assertEqual(hop["allocs/op"]["median"], 0)
            self.assertEqual(hop["B/op"]["median"], 0)
            self.assertGreaterEqual(struct["allocs/op"]["median"], 1)
        # No progress where there is no terminal: all that is said are doubts, with a next step.
        for line in err.splitlines():
            self.assertRegex(line, r"^warning: .* \(.+\)$")

    def test_messages_and_time_agree(self):
        run, _ = self.bench_json("pipeline/8", "--time", "2s")
        metrics = run["scenarios"][0]["metrics"]
        messages_per_op = metrics["sec/op"]["median"] * metrics["messages/s"]["median"]
        self.assertAlmostEqual(messages_per_op, 9, delta=0.9)

    def test_run_file_holds_what_is_printed(self):
        run, _ = self.bench_json("start_up", "--time", "1s", "--out", "copies/run.json")
        kept = json.loads((self.runs / f"{run['id']}.json").read_text())
        self.assertEqual(kept, run)
        self.assertEqual(json.loads((self.place / "copies/run.json").read_text()), run)
        self.assertEqual(self.journals(), [])

    def test_text_shows_the_table_and_the_way_on(self):
        out, _ = self.bench("hop", "--time", "1s")
        lines = out.splitlines()
        self.assertRegex(lines[0], r"^scenario +time/op +± +allocs/op +B/op +messages/s +switches/op +peak memory$")
        self.assertRegex(lines[1], r"^hop +\d[\d.]* ns ")
        found = re.search(r"^run file: (.+)$", out, re.MULTILINE)
        self.assertTrue((self.place / found[1]).exists())
        self.assertIn("nevaperf bench --save main", out)

    def test_the_default_set_works(self):
        run, _ = self.bench_json("--time", "2s")
        self.assertEqual([one["name"] for one in run["scenarios"]], DEFAULT_SET)
        for scenario in run["scenarios"]:
            self.assertEqual(scenario["status"], "ok", scenario.get("failure"))
            self.assertGreater(scenario["metrics"]["sec/op"]["median"], 0)

    def test_save_keeps_a_baseline(self):
        run, _ = self.bench_json("hop", "--time", "1s", "--save", "main", "--dir", "state")
        baseline = json.loads((self.place / "state/baselines/main.json").read_text())
        self.assertEqual(baseline["schema"], "nevaperf.baseline/1")
        self.assertEqual(baseline["run"], run)

    def test_a_program_is_a_scenario(self):
        run, _ = self.bench_json("--program", str(PROGRAMS / "hello.json"), "--time", "1s")
        self.assertEqual([one["name"] for one in run["scenarios"]], ["program/hello"])
        self.assertGreater(run["scenarios"][0]["metrics"]["sec/op"]["median"], 0)

    def test_scenarios_that_fail_do_not_stop_the_rest(self):
        files = [str(PROGRAMS / name) for name in ("deadlock.json", "panic.json", "wrong_kind.json")]
        words = [word for file in [*files, str(ENDLESS)] for word in ("--program", file)]
        run, err = self.bench_json("hop", "program/*", *words, "--time", "2s", "--timeout", "1s", status=2)
        by_name = {one["name"]: one for one in run["scenarios"]}
        for name, status, words_of_failure in (
            ("program/deadlock", "failed", "deadlock"),
            ("program/panic", "failed", "panicked"),
            ("program/wrong_kind", "failed", "expected"),
            ("program/endless", "timed out", "--timeout"),
        ):
            self.assertEqual(by_name[name]["status"], status)
            self.assertIn(words_of_failure, by_name[name]["failure"])
        for name in ("hop", "program/loop_sum"):
            self.assertEqual(by_name[name]["status"], "ok")
        self.assertIn("4 of ", err)
        self.assertEqual(self.journals(), [])

    def wait_for_journal(self, lines):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for journal in self.journals():
                if journal.read_text().count("\n") >= lines:
                    return journal
            time.sleep(0.02)
        return self.fail("nothing was recorded")

    def check_journal(self, journal):
        documents = [json.loads(line) for line in journal.read_text().splitlines()]
        self.assertEqual(documents[0]["schema"], "nevaperf.journal/1")
        self.assertTrue(all("scenario" in one for one in documents[1:]))
        return len(documents) - 1

    def check_resumed(self, before):
        run, _ = self.bench_json("--resume")
        self.assertEqual([one["name"] for one in run["scenarios"]], ["hop", "start_up"])
        measured = sum(one["metrics"]["sec/op"]["n"] for one in run["scenarios"])
        self.assertGreater(measured, before)
        self.assertEqual(self.journals(), [])
        self.assertEqual(len(list(self.runs.glob("*.json"))), 1)

    def test_an_interrupted_run_shows_what_it_has_and_goes_on(self):
        process = self.start("hop", "start_up", "--time", "3s", "--target-precision", "0.0001%", "--format", "json")
        self.wait_for_journal(8)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.assertIn("interrupted", err + out)
        self.assertEqual(json.loads(out)["schema"], "nevaperf.run/1")
        self.check_resumed(self.check_journal(self.journals()[0]))

    def test_a_killed_run_goes_on(self):
        process = self.start("hop", "start_up", "--time", "3s", "--target-precision", "0.0001%")
        journal = self.wait_for_journal(8)
        process.kill()
        process.communicate(timeout=60)
        self.check_resumed(self.check_journal(journal))

    def recorded(self):
        """The whole lines of the journal; a kill may leave a part of one behind them."""
        found = self.journals()
        return found[0].read_text().rpartition("\n")[0].splitlines() if found else []

    def test_kills_at_random_points_lose_the_process_under_way_at_most(self):
        chance = random.Random(7)
        words = ("hop", "start_up", "--time", "5s", "--target-precision", "0.0001%")
        before = []
        for _ in range(6):
            process = self.start(*(("--resume",) if before else words))
            self.wait_for_journal(len(before) + 2)
            time.sleep(chance.uniform(0, 0.3))
            seen = self.recorded()
            process.kill()
            process.communicate(timeout=60)
            left = self.recorded()
            # What was recorded stays, word for word.
            self.assertEqual(left[: len(seen)], seen)
            self.assertEqual(left[: len(before)], before)
            before = left
        run, _ = self.bench_json("--resume")
        for scenario in run["scenarios"]:
            metric = scenario["metrics"]["sec/op"]
            mine = [one for one in map(json.loads, before[1:]) if one["scenario"] == scenario["name"]]
            self.assertGreater(metric["n"], len(mine))
            # No process is missing: their numbers have no gaps, and the slices are those of the journal.
            self.assertNotIn("processes", metric)
            kept = [value for one in mine for value in one["values"]["sec/op"]]
            self.assertEqual([value for _, value in metric["slices"]][: len(kept)], kept)

    def test_instructions_are_exact_where_they_can_be_counted(self):
        if shutil.which("valgrind") is None:
            self.skipTest("there is no valgrind")
        run, err = self.bench_json("struct_build_field", "start_up/process", "--instructions", "--time", "8s")
        if "sanitizers" in run["environment"] or "valgrind's headers" in err:
            self.skipTest("this build cannot count instructions")
        by_name = {one["name"]: one for one in run["scenarios"]}
        counted = by_name["struct_build_field"]["metrics"]["instructions/op"]
        self.assertEqual(counted["method"], "exact")
        self.assertEqual(counted["samples"][0], counted["samples"][1])
        self.assertGreater(counted["median"], 100)
        # Other processes do its work: no metric, but a reason, and no failure.
        self.assertNotIn("instructions/op", by_name["start_up/process"]["metrics"])
        self.assertIn("no-instructions", [one["code"] for one in by_name["start_up/process"]["warnings"]])
        self.assertEqual([path.name for path in (self.place / ".nevaperf").iterdir()], ["runs"])

    def test_without_valgrind_one_line_names_the_package(self):
        self.environment["PATH"] = "/nonexistent"
        _, err = self.bench("hop", "--instructions", status=2)
        self.assertEqual(
            err, "nevaperf: --instructions: valgrind is not installed (apt-get install valgrind)\n"
        )

    def test_a_full_disk_leaves_the_old_baseline_whole(self):
        run, _ = self.bench_json("hop", "--time", "1s", "--save", "main")
        kept = self.place / ".nevaperf/baselines/main.json"
        before = kept.read_bytes()

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, len(before) // 2))

        again = subprocess.run(
            [NEVAPERF, "baseline", "save", "main", "--run", run["id"]], cwd=self.place, env=self.environment,
            preexec_fn=small_files, capture_output=True, text=True, check=False, timeout=60,
        )
        self.assertEqual(again.returncode, 2, again)
        self.assertRegex(again.stderr, r"^nevaperf: .*main\.json: cannot write: File too large")
        self.assertEqual(kept.read_bytes(), before)
        self.assertEqual([path.name for path in kept.parent.iterdir()], ["main.json"])

    def test_an_interrupted_run_is_no_baseline(self):
        process = self.start("hop", "--time", "10s", "--target-precision", "0.0001%", "--save", "main")
        self.wait_for_journal(3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("baseline is not saved", err)
        self.assertFalse((self.place / ".nevaperf/baselines/main.json").exists())

    def test_no_worker_outlives_the_run(self):
        process = self.start("--program", str(ENDLESS), "--timeout", "60s")
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + 30
        while not (pids := children.read_text().split()) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertNotEqual(pids, [])
        process.kill()
        process.communicate(timeout=60)
        while time.monotonic() < deadline and any(self.is_alive(pid) for pid in pids):
            time.sleep(0.02)
        self.assertFalse(any(self.is_alive(pid) for pid in pids))

    @staticmethod
    def is_alive(pid):
        try:
            return " Z " not in pathlib.Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return False

    def on_terminal(self, **variables):
        self.environment |= {"TERM": "xterm", **variables}
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            self.skipTest(f"no terminal to be had here: {error}")
        process = self.start("hop", "start_up", "--time", "2s", stderr=theirs, text=False)
        os.close(theirs)
        shown = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the terminal's other end is closed
                break
            if not chunk:
                break
            shown += chunk
        process.communicate(timeout=60)
        os.close(ours)
        self.assertEqual(process.returncode, 0)
        return shown.decode()

    def test_progress_is_shown_on_a_terminal_and_cleared(self):
        shown = self.on_terminal()
        self.assertRegex(shown, r"\r\x1b\[K\[=* *\] \d+/\d+  \d+ s left  (hop|start_up)")
        self.assertLessEqual(shown.count("left"), 60)
        rest = shown.rsplit("\r\x1b[K", 1)[1]
        self.assertNotIn("left", rest)

    def test_no_color_means_no_progress(self):
        self.assertNotIn("\x1b", self.on_terminal(NO_COLOR="1"))

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = self.start("hop", "--time", "1s", stdout=full)
            _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 2)
        self.assertIn("standard output", err)


if __name__ == "__main__":
    unittest.main()
