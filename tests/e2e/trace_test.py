"""nevaperf run --trace from outside: what the file holds, however the program ends.

    NEVAPERF=PROGRAM trace_test.py
"""

import json
import signal
import subprocess
import time
import unittest

from scratch_case import ENDLESS, NEVAPERF, PROGRAMS, ScratchCase


class Trace(ScratchCase):
    def setUp(self):
        super().setUp()
        self.file = self.place / "trace.json"

    def start(self, program, *words):
        return subprocess.Popen([NEVAPERF, "run", "--trace", self.file, *words, program], cwd=self.place,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_program(self, name, *words, status=0):
        process = self.start(PROGRAMS / name, *words)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, status, err)
        return out, err

    def read(self):
        """The trace; every event is checked for what readers of the format rely on."""
        trace = json.loads(self.file.read_text())
        rows, begun, ended, times = {}, {}, set(), []
        for event in trace["traceEvents"]:
            phase = event["ph"]
            self.assertIn(phase, "MXsfi")
            if phase == "M":
                if event["name"] == "thread_name":
                    rows[event["tid"]] = event["args"]["name"]
                continue
            times.append(event["ts"])
            self.assertIn(event["tid"], rows)
            if phase == "s":
                begun[event["id"]] = event["name"]
            if phase == "f":
                self.assertEqual(begun[event["id"]], event["name"])
                ended.add(event["id"])
        self.assertEqual(times, sorted(times))
        self.assertEqual(set(begun), ended)
        return trace, set(rows.values()), set(begun.values())

    def test_a_program_that_stops(self):
        for workers in ("1", "2", "8"):
            with self.subTest(workers=workers):
                out, err = self.run_program("hello.json", "--workers", workers)
                self.assertEqual(err, "")
                self.assertTrue(out)
                trace, rows, arrows = self.read()
                self.assertEqual(trace["otherData"], {"dropped_events": 0})
                self.assertIn("in", rows)
                self.assertIn("out", rows)
                self.assertTrue(any(name.startswith("in:start -> ") for name in arrows), arrows)
                self.assertTrue(any(name.endswith(" -> out:stop") for name in arrows), arrows)

    def test_a_panic_and_a_failure(self):
        _, err = self.run_program("panic.json", status=1)
        self.assertTrue(err.startswith("panic: "))
        self.assertTrue(self.read()[2])
        self.run_program("wrong_kind.json", status=2)
        self.assertTrue(self.read()[2])

    def test_a_deadlock_shows_who_waits(self):
        self.run_program("deadlock.json", status=2)
        trace, _, _ = self.read()
        waits = [e["args"] for e in trace["traceEvents"] if e.get("name") == "waits to receive"]
        self.assertIn({"port": "main/gate/in:sig", "other end": "main/split/out:data[0]"}, waits)

    def test_dropped_events_are_counted_and_said(self):
        _, err = self.run_program("values.json", "--trace-events", "16")
        trace, _, _ = self.read()
        dropped = trace["otherData"]["dropped_events"]
        self.assertGreater(dropped, 0)
        self.assertEqual(err, f"warning: {self.file} lacks the first {dropped} events: there was room for 16 "
                              "(raise --trace-events)\n")

    def test_an_interrupted_program_leaves_its_trace(self):
        process = self.start(ENDLESS, "--trace-events", "1000")
        while process.poll() is None and not self.file.exists():
            time.sleep(0.01)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.assertIn(f"nevaperf: {ENDLESS}: interrupted\n", err)
        trace, rows, _ = self.read()
        self.assertGreater(trace["otherData"]["dropped_events"], 0)
        self.assertIn("gate", rows)


if __name__ == "__main__":
    unittest.main()
