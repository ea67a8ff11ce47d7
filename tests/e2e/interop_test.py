"""Other tools agree with nevaperf about the totals of a profile: `go tool pprof`, `google-pprof`, `protoc`.

    NEVAPERF=PROGRAM interop_test.py
"""

import gzip
import re
import struct
import unittest

from profile_tools import FIXTURES, GOLDEN, ProfileTools

# The fields of profile.proto that totals follow from, by the numbers of its description.
SCHEMA = """syntax = "proto3";
message Kind { int64 type = 1; int64 unit = 2; }
message Sample { repeated uint64 place = 1; repeated int64 value = 2; }
message Profile { repeated Kind kind = 1; repeated Sample sample = 2; repeated string text = 6; }
"""


class Interop(ProfileTools):
    def setUp(self):
        super().setUp()
        self.stacks = self.place / "stacks.folded"
        self.stacks.write_text("main;work;sum 120\nmain;work 30\nmain;operator-- 7\nmain;vector<a, b> 3\n")

    def rewritten(self, file):
        """What nevaperf writes for a profile that it read."""
        again = self.place / f"again-{file.name}.pb.gz"
        self.profile("show", file, "--view", "pprof", "-o", again)
        return again

    def kinds(self, file):
        line = self.profile("show", file).splitlines()[1]
        return re.fullmatch(r"holds (.*) \(--type\); .*", line)[1].split(", ")

    def go_totals(self, file):
        """Sums of the samples as `go tool pprof -raw` lists them."""
        lines = self.run_tool(self.tool("go", "golang-go"), "tool", "pprof", "-raw", file).splitlines()
        at = lines.index("Samples:")
        kinds = [word.split("/")[0] for word in lines[at + 1].split()]
        rows = [re.match(r"\s*(-?\d+(?: +-?\d+)*):", line) for line in lines[at + 2 : lines.index("Locations")]]
        values = [[int(word) for word in row[1].split()] for row in rows if row]
        return dict(zip(kinds, map(sum, zip(*values))))

    def without_stack(self, file, kind):
        """Samples without any place, which `go tool pprof -raw` leaves out; -top counts them."""
        folded = self.profile("show", file, "--type", kind, "--view", "folded")
        return sum(int(number) for number in re.findall(r"(?m)^\[unknown\] (\d+)$", folded))

    def test_go_reads_what_we_read_and_what_we_write(self):
        for file in [*self.fixtures(), self.stacks]:
            ours = {kind: self.total(file, kind) - self.without_stack(file, kind) for kind in self.kinds(file)}
            written = self.rewritten(file)
            self.assertEqual(self.go_totals(written), ours)
            if file != self.stacks:
                self.assertEqual(self.go_totals(file), ours)

    def test_go_top_names_the_same_functions(self):
        go = self.tool("go", "golang-go")
        file = next((file for file in self.fixtures() if file.name == "go-neva-new-cpu.pb.gz"), None)
        self.assertIsNotNone(file)
        ours = {}
        for line in self.profile("show", file, "--type", "samples", "--rows", "0").splitlines():
            found = re.match(r"\s*(\d+) +\S+ +\S+ +(\d+) +\S+ +█* *(\S.*)", line)
            if found:
                ours[found[3]] = (int(found[1]), int(found[2]))
        theirs = {}
        top = self.run_tool(go, "tool", "pprof", "-top", "-nodecount=40", "-sample_index=samples", self.rewritten(file))
        self.assertIn(f"of {self.total(file, 'samples')} total", top)
        for line in top.splitlines():
            found = re.match(r"\s*(\d+) +\S+ +\S+ +(\d+) +\S+ +(\S.*)", line)
            if found:
                theirs[found[3].removesuffix(" (inline)")] = (int(found[1]), int(found[2]))
        self.assertGreater(len(theirs), 30)
        for name, values in theirs.items():
            self.assertEqual(ours.get(name), values, name)

    def google_total(self, *words):
        text = self.run_tool(self.tool("google-pprof", "google-perftools"), "--text", *words)
        return re.search(r"^Total: ([\d.]+)", text, re.MULTILINE)[1], text

    def google_file(self, file):
        made = self.place / f"{file.name}.legacy"
        self.profile("show", file, "--view", "google-pprof", "-o", made)
        return made

    def test_google_pprof_reads_cpu_with_names(self):
        made = self.google_file(self.stacks)
        total, text = self.google_total(made)
        self.assertEqual(total, str(self.total(self.stacks, "samples")))
        self.assertRegex(text, r"\n +120 +75\.0% +75\.0% +120 +75\.0% sum\n")
        self.assertRegex(text, r"\n +30 +18\.8% +\S+ +150 +93\.8% work\n")

    def test_google_pprof_reads_cpu_with_addresses_alone(self):
        tool = self.tool("google-pprof", "google-perftools")
        raw = GOLDEN / "profile_show_cpu" / "program.prof"
        made = self.google_file(raw)
        total, text = self.google_total(tool, made)
        self.assertEqual(total, str(self.total(raw, "samples")))
        self.assertEqual(text, self.google_total(tool, raw)[1].replace(raw.name, made.name))

    def test_google_pprof_reads_heap(self):
        files = [GOLDEN / "profile_show_heap" / "program.heap", *FIXTURES.glob("*mem.pb.gz")]
        tool = self.tool("google-pprof", "google-perftools")
        for file in files:
            made = self.google_file(file)
            words = [made] if made.read_bytes().startswith(b"--- symbol") else [tool, made]
            for kind in self.kinds(file):
                show_bytes = ["--show_bytes"] if kind.endswith("space") else []
                self.assertEqual(self.google_total(f"--{kind}", *show_bytes, *words)[0], str(self.total(file, kind)), kind)

    def test_google_pprof_reads_contention(self):
        for file in self.fixtures():
            if "contentions" not in self.kinds(file):
                continue
            made = self.google_file(file)
            self.assertEqual(self.google_total("--contentions", made)[0], str(self.total(file, "contentions")))
            seconds = float(self.google_total("--total_delay", made)[0])
            self.assertAlmostEqual(seconds, self.total(file, "delay") / 1e9, delta=0.0006)

    def test_protoc_decodes_what_we_write(self):
        protoc = self.tool("protoc", "protobuf-compiler")
        (self.place / "profile.proto").write_text(SCHEMA)
        for file in [*self.fixtures(), self.stacks]:
            ours = [self.total(file, kind) for kind in self.kinds(file)]
            for written in {self.rewritten(file), file} - {self.stacks}:
                packed = written.read_bytes()
                raw = gzip.decompress(packed) if packed.startswith(b"\x1f\x8b") else packed
                text = self.run_tool(
                    protoc, "--decode=Profile", "--proto_path=.", "profile.proto", input=raw, text=False,
                ).decode("utf-8", "replace")
                values = [
                    [int(value) for value in re.findall(r"\n  value: (-?\d+)", sample)]
                    for sample in re.findall(r"(?m)^sample \{(.*?)^\}", text, re.DOTALL)
                ]
                self.assertEqual([sum(column) for column in zip(*values)], ours, written.name)
                self.assertRegex(text, r'(?m)^text: ""$')

    def test_numbers_of_any_size_survive(self):
        largest = 2**63 - 1
        header = struct.pack("<5Q", 0, 3, 0, 10_000, 0)
        one = struct.pack("<3Q", 2**31, 1, 0x401000)
        (self.place / "big.prof").write_bytes(header + one + struct.pack("<3Q", 0, 1, 0))
        self.assertEqual(self.total(self.place / "big.prof", "samples"), 2**31)
        (self.place / "big.folded").write_text(f"a {largest}\nb 1\n")
        again = self.rewritten(self.place / "big.folded")
        folded = self.profile("show", again, "--view", "folded")
        self.assertEqual(folded, f"a {largest}\nb 1\n")


if __name__ == "__main__":
    unittest.main()
