"""What a program, its files and its streams can do wrong: a clear error, no crash, no hang, a status that is not 0.

    NEVAPERF=PROGRAM bad_input_test.py
"""

import os
import pathlib
import re
import resource
import subprocess
import unittest

from neva_programs import Program, call, data, integer, sequence, struct, text, union
from program_case import HANG_SECONDS, NEVAPERF, WORKERS, ProgramCase

HELLO = pathlib.Path(__file__).resolve().parent.parent / "programs" / "hello.json"
KINDS = {
    "bool": {"type": "bool", "bool": True},
    "int": integer(7),
    "float": {"type": "float", "float": 1.5},
    "string": text("x"),
    "bytes": data(b"x"),
    "list": sequence(integer(1)),
    "dict": {"type": "dict", "map": {"a": integer(1)}},
    "struct": struct(a=integer(1)),
    "tag": union("Other"),
    "union": union("Data", integer(1)),
}


def is_sanitized():
    return any(name in NEVAPERF.read_bytes() for name in (b"__asan_init", b"__tsan_init"))


class Values(ProgramCase):
    def test_wrong_kinds(self):
        for ref, inputs, port, expected in (
            ("int_add", {"left": integer(1), "right": text("1")}, "right", "an int, got a string 1"),
            ("float_neg", {"data": integer(1)}, "data", "a float, got an int 1"),
            ("not", {"data": KINDS["list"]}, "data", r"a bool, got a list \[1\]"),
            ("string_add", {"left": text("a"), "right": data(b"a")}, "right", 'a string, got a bytes "YQ=="'),
            ("list_len", {"data": KINDS["dict"]}, "data", 'a list, got a dict {"a": 1}'),
            ("strings_from_bytes", {"data": text("a")}, "data", "a bytes, got a string a"),
            ("stream_to_list", {"data": KINDS["int"]}, "data", r"a stream's Open, Data with a value, or Close, got .*"),
            ("time_after", {"dur": text("1s")}, "dur", "an int, got a string 1s"),
        ):
            with self.subTest(ref):
                outs = ["sig"] if ref == "time_after" else ["res"]
                program = call(ref, inputs, outs, result=outs[0])
                self.check_failed(program, f"op/in:{port}", f"expected {expected}")

    def test_missing_fields(self):
        for config, path in ((["b"], "b"), (["a", "c"], "c")):
            p = Program()
            p.node("op", "field", ["data"], ["res"], sequence(*map(text, config)))
            p.constant("value", struct(a=struct(b=integer(1))), "op/in:data")
            p.print("op/out:res")
            self.check_failed(p, "op/in:data", f"expected a struct with the field '{path}', got a struct .*")
        image = call("image_encode", {"img": struct(width=integer(1), height=integer(1))}, ["res", "err"])
        self.check_failed(image, "op/in:img", "expected a struct with the field 'pixels', got a struct .*")
        entries = Program()
        entries.node("items", "list_to_stream", ["data"], ["res"])
        entries.node("op", "stream_to_dict", ["data"], ["res"])
        entries.constant("list", sequence(struct(key=text("k"))), "items/in:data")
        entries.connect("items/out:res", "op/in:data")
        entries.print("op/out:res")
        self.check_failed(entries, "op/in:data", "expected a struct with the field 'value', got a struct .*")

    def test_what_ends_a_run(self):
        two = lambda left, right: {"left": integer(left), "right": integer(right)}  # noqa: E731
        self.check_failed(call("int_div", two(1, 0)), "op", "integer divide by zero")
        self.check_failed(call("int_bitwise_lsh", two(1, -1)), "op", "negative shift amount")
        self.check_failed(call("format_int", {"data": integer(1), "base": integer(99)}), "op", "the base 99 is .*")
        self.check_panicked(call("list_at", {"data": KINDS["list"], "idx": integer(1)}, ["res", "err"]),
                            "index out of bounds")

    def test_a_shown_value_is_harmless_and_short(self):
        wild = text("\x1b[31mred\n\x00é" + "é" * 100)
        program = call("int_inc", {"data": wild})
        self.check_failed(program, "op/in:data", r"expected an int, got a string \?\[31mred \?é+\??\.\.\.")

    def test_every_function_with_every_kind(self):
        """Whatever comes: an error of the node, a panic, an exit, or the report of a deadlock."""
        ends = (
            rb"\Anevaperf: [^\n]*: op[:/][^\n]*\n\Z|\Apanic: [^\n]*\n\Z|\A\Z"
            rb"|\Anevaperf: [^\n]*: deadlock: nothing can run any more[^\n]*\n(  [^\n]* waits to [^\n]*\n)+(cycle: [^\n]*\n)?\Z"
        )
        for ref, ins, outs in functions():
            for kind, value in KINDS.items():
                with self.subTest(f"{ref} with a {kind}"):
                    file = self.write(every_port(ref, ins, outs, value))
                    done = self.run_one(file, WORKERS[next(self.number) % 2])
                    self.assertIn(done.returncode, (1, 2, 7) if ref == "os_exit" else (1, 2), done)
                    self.assertRegex(done.stderr, ends)

    @unittest.skipIf(is_sanitized(), "sanitizers need the memory themselves")
    def test_no_memory_left(self):
        program = call("read_all", {"filename": text("/dev/zero")}, ["res", "err"])
        file = self.write(program)
        limit = 1 << 29
        self.check(file, 2, rf"nevaperf: {file.name}: op: out of memory",
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))


def functions():
    """The ref, the inputs and the outputs of each function, as the reference page has them."""
    page = subprocess.run([NEVAPERF, "run", "--functions", "--format", "markdown"], capture_output=True, text=True,
                          check=True, timeout=HANG_SECONDS).stdout
    found = re.findall(r"^### `(\w+)`\n\nIn: (.*?)\. Out: (.*?)\.$", page, re.MULTILINE)
    assert len(found) == page.count("\n### "), "a function's ports are not understood"
    return [(ref, re.findall(r"`(.*?)`", ins), re.findall(r"`(.*?)`", outs)) for ref, ins, outs in found]


def every_port(ref, ins, outs, value):
    """The function with the value on every input; array ports have two slots. Nothing stops the program."""
    slots = lambda port: [port.replace("[]", f"[{i}]") for i in range(2)] if port.endswith("[]") else [port]  # noqa: E731
    ins = [slot for port in ins for slot in (["a", "b"] if port == "*" else slots(port))]
    outs = [slot for port in outs for slot in slots(port)]
    p = Program()
    p.node("op", ref, ins, outs, {"new": value, "field": sequence(text("a"))}.get(ref))
    for number, port in enumerate(ins):
        p.constant(f"value{number}", value, f"op/in:{port}")
    for port in outs:
        p.drop(f"op/out:{port}")
    return p


class Texts(ProgramCase):
    def test_a_program_that_is_not_utf8(self):
        hello = HELLO.read_bytes()
        for old, new in ((b"Hello", b"He\xffllo"), (b"println/", b"prin\xc3tln/"), (b'"panic"', b'"pa\xed\xa0\x80nic"')):
            self.assertIn(old, hello)
            file = self.place / "bad.json"
            file.write_bytes(hello.replace(old, new))
            self.check(file, 2, r"nevaperf: bad\.json: the file: not JSON: parse error at line \d+, column \d+: .*"
                                r"invalid string: ill-formed UTF-8 byte.*")

    def test_a_program_that_is_cut_or_encoded_otherwise(self):
        hello = HELLO.read_text()
        for text_of_file in (hello[:-20].encode(), hello.encode("utf-16"), b"", b"\xff" * 1000, b"[" * 100_000):
            file = self.place / "bad.json"
            file.write_bytes(text_of_file)
            self.check(file, 2, r"nevaperf: bad\.json: the file: .*")

    def test_files_that_are_not_utf8_pass_through(self):
        (self.place / "file").write_bytes(b"a\xff\xc3b\x00\n")
        p = Program()
        p.node("op", "read_all", ["filename"], ["res", "err"])
        p.node("text", "strings_from_bytes", ["data"], ["res"])
        p.constant("name", text("file"), "op/in:filename")
        p.connect("op/out:res", "text/in:data")
        p.print("text/out:res", ["op/out:err"])
        file = self.write(p)
        for workers in WORKERS:
            done = self.run_one(file, workers)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"a\xff\xc3b\x00\n\n", b""))

    def test_a_variable_that_is_not_utf8(self):
        (self.place / "vars").write_bytes(b"A=\xff\nB\xfe")
        self.check_panicked(call("dotenv_load_from", {"data": text("vars")}, ["res", "err"]), "line 2: missing '='")


def print_often(times):
    """Prints 1 KiB so often, then stops."""
    p = Program()
    p.node("many", "stream_int_range", ["from", "to"], ["res"])
    p.node("text", "new", ["sig"], ["res"], text("x" * 1023))
    p.node("line", "println", ["data"], ["res", "err"])
    p.node("all", "wait_group", ["count", "sig"], ["sig"])
    p.constant("from", integer(0), "many/in:from")
    p.constant("to", integer(times - 2), "many/in:to")  # an Open and a Close come as well
    p.constant("times", integer(times), "all/in:count")
    p.connect("many/out:res", "text/in:sig")
    p.connect("text/out:res", "line/in:data")
    p.connect("line/out:res", "all/in:sig")
    p.connect("all/out:sig", "out:stop")
    p.panic("line/out:err")
    return p


def write_stdout(value):
    """Writes to the handle of stdout and stops."""
    p = Program()
    p.node("op", "file_write_all", ["file", "data"], ["res", "err"])
    p.constant("handle", integer(1), "op/in:file")
    p.constant("value", data(value), "op/in:data")
    p.connect("op/out:res", "out:stop")
    p.panic("op/out:err")
    return p


class Output(ProgramCase):
    FULL = "stdout: cannot write: No space left on device"
    CLOSED = "stdout: cannot write: Bad file descriptor"

    def test_nobody_takes_the_output(self):
        hello = call("itoa", {"data": integer(5)})
        formatted = Program()
        formatted.node("op", "printf", ["tpl", "args[0]"], ["sig", "err"])
        formatted.constant("template", text("$0"), "op/in:tpl")
        formatted.constant("value", integer(1), "op/in:args[0]")
        formatted.connect("op/out:sig", "out:stop")
        formatted.panic("op/out:err")
        for shell, why in ((">&-", self.CLOSED), (">/dev/full", self.FULL)):
            self.check_failed(hello, "print/in:data", rf"{why} \(check .*", shell=shell)
            self.check_failed(formatted, "op/in:tpl", rf"{why} \(check .*", shell=shell)
            self.check_failed(write_stdout(b"a"), "op/in:data", rf"{why} \(check .*", shell=shell)

    def test_the_program_learns_of_it_while_it_runs(self):
        for shell, why in ((">&-", self.CLOSED), (">/dev/full", self.FULL)):
            self.check_panicked(print_often(1000), f"{why} (check where the output goes)", shell=shell)

    def test_the_reader_goes_away(self):
        file = self.write(print_often(10_000))
        for workers in WORKERS:
            reading, writing = os.pipe()
            with subprocess.Popen([NEVAPERF, "run", "--workers", workers, file.name], cwd=self.place, stdout=writing,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
                os.close(writing)
                self.assertEqual(os.read(reading, 4), b"xxxx")
                os.close(reading)
                _, err = process.communicate(timeout=HANG_SECONDS)
            self.assertEqual(process.returncode, 1)
            self.assertRegex(err, rb"\Apanic: [^\n]*stdout: cannot write: Broken pipe[^\n]*\n\Z")

    def test_all_streams_closed(self):
        """What the program opens must not become one of them."""
        program = call("file_create", {"filename": text("made")}, ["res", "err"])
        for workers in WORKERS:
            done = self.run_one(self.write(program), workers, shell="<&- >&- 2>&-")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (2, b"", b""))
            self.assertEqual((self.place / "made").read_bytes(), b"")

    def test_stdin_closed(self):
        program = Program()
        program.node("op", "scanln", ["sig"], ["res", "err"])
        program.constant("begin_reading", integer(0), "op/in:sig")
        program.print("op/out:res", ["op/out:err"])
        self.check_panicked(program, "read /dev/stdin: bad file descriptor", shell="<&-")
        self.check_panicked(program, "EOF")
        self.check_panicked(program, "read /dev/stdin: is a directory", shell="<.")


class Files(ProgramCase):
    def test_missing(self):
        none = "no such file or directory"
        for ref, port, message in (
            ("read_all", "filename", f"open none: {none}"),
            ("file_open", "filename", f"open none: {none}"),
            ("dotenv_load_from", "data", f"open none: {none}"),
            ("os_stat", "path", f"os.Stat: stat none: {none}"),
            ("os_read_dir", "path", f"os.ReadDir: open none: {none}"),
            ("os_chdir", "path", f"os.Chdir: chdir none: {none}"),
            ("os_remove", "path", f"os.Remove: remove none: {none}"),
        ):
            with self.subTest(ref):
                self.check_panicked(call(ref, {port: text("none")}, ["res", "err"]), message)

    def test_in_the_way(self):
        (self.place / "folder").mkdir()
        (self.place / "loop").symlink_to("loop")
        read = lambda name: call("read_all", {"filename": text(name)}, ["res", "err"])  # noqa: E731
        self.check_panicked(read("folder"), "read folder: is a directory")
        self.check_panicked(read("loop"), "open loop: too many levels of symbolic links")
        self.check_panicked(read("a" * 300), f"open {'a' * 300}: file name too long")
        self.check_panicked(read("a\0b"), "open a\0b: invalid argument")

    def test_full(self):
        program = call("write_all", {"filename": text("/dev/full"), "data": data(b"x" * 100_000)}, ["res", "err"])
        self.check_panicked(program, "write /dev/full: no space left on device")

    def test_the_program_itself(self):
        self.check(self.place / "none.json", 2, r"nevaperf: none\.json: cannot open: No such file or directory .*")
        (self.place / "a.json").mkdir()
        self.check(self.place / "a.json", 2, r"nevaperf: a\.json: .*directory.*")


if __name__ == "__main__":
    unittest.main()
