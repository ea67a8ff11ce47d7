#!/usr/bin/env python3
"""compare.py of scripts/bench_peers with peers that print known figures."""

import json
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

PEERS = pathlib.Path(__file__).resolve().parent


class ComparePeers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="nevaperf peers ")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def peer(self, name, body):
        path = self.folder / name
        path.write_text(f"#!/bin/bash\nwork=\"${{@: -1}}\"\n{body}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def compare(self, *arguments):
        return subprocess.run(
            [sys.executable, "-B", PEERS / "compare.py", "--rounds", "3", *arguments],
            capture_output=True, text=True, timeout=120, check=False,
        )

    def report(self, *arguments):
        done = self.compare("--format", "json", *arguments)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done, json.loads(done.stdout)

    def test_ratios_and_goals(self):
        ours = self.peer("ours", 'echo "$work 10.0 11.0"')
        go = self.peer("go", 'echo "$work 200 220"')
        caf = self.peer("caf", 'echo "$work 400 440"')
        done, report = self.report("--ours", ours, "--go", go, "--caf", caf, "--only", "hop")
        self.assertEqual(done.returncode, 0, done.stderr)
        (row,) = report["passing"]
        self.assertEqual((row["work"], row["ours_ns"], row["go_ns"], row["caf_ns"]), ("hop", 10, 200, 400))
        self.assertEqual(row["ours_to_go"], {"median": 0.05, "min": 0.05, "max": 0.05})
        self.assertEqual(row["ours_to_caf"]["median"], 0.025)
        self.assertEqual(row["go_2_threads_wall_ns"], 220)
        self.assertTrue(row["met"])

    def test_a_ratio_is_taken_inside_a_round(self):
        # Both get slower from round to round, together: the ratio stays.
        slower = 'n=$(cat "$0.n" 2>/dev/null || echo 1); echo $((n * 2)) >"$0.n"; echo "$work $((n * {})) 1"'
        ours = self.peer("ours", slower.format(10))
        go = self.peer("go", 'GO2=$GOMAXPROCS; [[ $GO2 == 1 ]] || { echo "$work 1 1"; exit; }\n' + slower.format(40))
        _, report = self.report("--ours", ours, "--go", go, "--only", "ping_pong")
        self.assertEqual(report["passing"][0]["ours_to_go"], {"median": 0.25, "min": 0.25, "max": 0.25})
        self.assertEqual(report["passing"][0]["ours_ns"], 20)

    def test_a_missing_peer_is_shown_and_named(self):
        ours = self.peer("ours", 'echo "$work 99 99"')
        done = self.compare("--ours", ours, "--only", "hop")
        self.assertEqual(done.returncode, 0, done.stderr)
        (line,) = [text for text in done.stdout.splitlines() if text.startswith("hop ")]
        self.assertEqual(line.split(), ["hop", "99.0", "~", "~", "~", "~", "~", "<=", "15", "NOT", "met"])
        self.assertIn("warning: Go was not measured: install it with 'apt-get install golang-go'", done.stdout)
        self.assertIn("apt-get install libcaf-dev", done.stdout)

    def test_a_peer_that_fails_does_not_stop_the_rest(self):
        ours = self.peer("ours", 'echo "$work 10 10"')
        go = self.peer("go", "echo 'out of memory' >&2; exit 3")
        done, report = self.report("--ours", ours, "--go", go, "--only", "hop")
        self.assertEqual(report["passing"][0]["ours_ns"], 10)
        self.assertIsNone(report["passing"][0]["go_ns"])
        self.assertTrue(any("status 3: out of memory" in text for text in report["warnings"]), report["warnings"])

    def test_fails_if_the_runtime_itself_could_not_be_measured(self):
        done = self.compare("--ours", self.peer("ours", "exit 1"), "--only", "hop")
        self.assertEqual(done.returncode, 1)

    def test_recorded_figures_are_matched_by_name(self):
        ours = self.peer("ours", '[[ $work == --list ]] && echo "hop MsgStructGet" || echo "$work 50 50"')
        recorded = self.folder / "recorded"
        recorded.mkdir()
        (recorded / "a.txt").write_text(
            "goos: linux\nBenchmarkMsgStructGet-2 100 90.0 ns/op 0 B/op\nBenchmarkMsgStructGet-2 100 110.0 ns/op\n"
            "BenchmarkOther-2 1 5 ns/op\n"
        )
        _, report = self.report("--ours", ours, "--recorded", recorded, "--only", "MsgStructGet")
        (row,) = report["mirrored"]
        self.assertEqual((row["work"], row["recorded_go_ns"], row["ours_to_recorded"]), ("MsgStructGet", 100, 0.5))
        text = self.compare("--ours", ours, "--recorded", recorded, "--only", "MsgStructGet").stdout
        self.assertIn("Neva in Go: indicative: recorded on another run", text)
        (line,) = [text for text in text.splitlines() if text.startswith("MsgStructGet ")]
        self.assertEqual(line.split(), ["MsgStructGet", "50.0", "~", "~", "100", "0.500"])

    def test_what_is_slower_than_recorded_is_marked(self):
        ours = self.peer("ours", '[[ $work == --list ]] && echo "MsgStructGet" || echo "$work 101 101"')
        (self.folder / "a.txt").write_text("BenchmarkMsgStructGet-2 100 100.0 ns/op\n")
        done = self.compare("--ours", ours, "--recorded", self.folder, "--only", "MsgStructGet")
        (line,) = [text for text in done.stdout.splitlines() if text.startswith("MsgStructGet ")]
        self.assertEqual(line.split()[-2:], ["1.010", "slower"])

    def test_recorded_figures_that_are_not_there_are_skipped_in_words(self):
        ours = self.peer("ours", '[[ $work == --list ]] && echo "MsgStructGet" || echo "$work 50 50"')
        for folder, why in ((self.folder / "none", "there is no folder"), (self.folder, "has a line of `go test -bench`")):
            done = self.compare("--ours", ours, "--recorded", folder, "--only", "MsgStructGet")
            self.assertEqual(done.returncode, 0, done.stderr)
            (warning,) = [line for line in done.stdout.splitlines() if "recorded Go figures: skipped" in line]
            self.assertIn(why, warning)
            self.assertIn(str(folder), warning)

    def test_bad_rounds_are_refused(self):
        done = self.compare("--rounds", "0")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--rounds needs a number from 1 on", done.stderr)


if __name__ == "__main__":
    unittest.main()
