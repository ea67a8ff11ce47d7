"""What a web server can do wrong: the program learns of it, nothing crashes or waits for ever.

    NEVAPERF=PROGRAM bad_server_test.py
"""

import contextlib
import gzip
import socket
import struct
import threading
import unittest

from neva_programs import Program, call, text
from program_case import WORKERS, ProgramCase, panic_of

MIB = 1 << 20
OK = b"HTTP/1.1 200 OK\r\n"


class Server:
    """Listens on 127.0.0.1 and answers each connection by a function of its socket, once a request has come."""

    def __init__(self, answer):
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d/" % self._listener.getsockname()[1]
        self.is_over = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection):
        # A client may go away at any time.
        with connection, contextlib.suppress(OSError):
            if connection.recv(65536):
                self._answer(self, connection)

    def close(self):
        self.is_over.set()
        self._listener.close()


def hang(server, _):
    server.is_over.wait()


def hang_in_the_body(server, connection):
    connection.sendall(OK + b"Content-Length: 10\r\n\r\nabc")
    server.is_over.wait()


def reset(_, connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset_in_the_body(_, connection):
    connection.sendall(OK + b"Content-Length: 10\r\n\r\nabc")
    reset(_, connection)


def send_much(_, connection):
    connection.sendall(OK + b"Content-Length: %d\r\n\r\n" % (100 * MIB))
    for _ in range(100):
        connection.sendall(bytes(MIB))


def send_much_packed(_, connection):
    packed = gzip.compress(bytes(100 * MIB), compresslevel=1)
    connection.sendall(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed))
    connection.sendall(packed)


def send_heads_for_ever(_, connection):
    connection.sendall(OK)
    while True:
        connection.sendall(b"X-Filler: " + b"x" * 1000 + b"\r\n")


def say(*parts):
    """Answers so and hangs up."""
    return lambda _, connection: connection.sendall(b"".join(parts))


def get(url):
    return call("http_get", {"url": text(url)}, ["res", "err"])


def stream_size(url):
    """Gets a page as a stream and prints the number of its pieces, or what went wrong."""
    p = Program()
    p.node("op", "http_get_stream", ["url"], ["status", "res", "err"])
    p.node("list", "stream_to_list", ["data"], ["res"])
    p.node("length", "list_len", ["data"], ["res"])
    p.constant("address", text(url), "op/in:url")
    p.drop("op/out:status")
    p.connect("op/out:res", "list/in:data")
    p.connect("list/out:res", "length/in:data")
    p.print("length/out:res", ["op/out:err"])
    return p


class BadServer(ProgramCase):
    def serve(self, answer):
        server = Server(answer)
        self.addCleanup(server.close)
        return server

    def check_get(self, answer, cause, names_url=True):
        server = self.serve(answer)
        self.check_panicked(get(server.url), f'Get "{server.url}": {cause}' if names_url else cause)

    def test_hangs(self):
        """Each run gives up after 30 s: all of them wait at the same time."""
        runs = []
        for answer in (hang, hang_in_the_body):
            server = self.serve(answer)
            for program in (get(server.url), stream_size(server.url)):
                runs += [(server, self.write(program), workers) for workers in WORKERS]
        results = {}

        def run(key):
            results[key] = self.run_one(runs[key][1], runs[key][2])

        threads = [threading.Thread(target=run, args=[key]) for key in range(len(runs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for key, (server, file, workers) in enumerate(runs):
            with self.subTest(file=file.read_text(), workers=workers):
                done = results[key]
                self.assertRegex(done.stderr.decode(), panic_of(f"Get \"{server.url}\": no data for 30 s"))
                self.assertEqual(done.returncode, 1)

    def test_nobody_is_there(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            address = "127.0.0.1:%d" % unused.getsockname()[1]
        self.check_panicked(get(f"http://{address}/"),
                            f'Get "http://{address}/": dial tcp {address}: connect: connection refused')

    def test_resets(self):
        self.check_get(reset, "read tcp: read: connection reset by peer")
        self.check_get(reset_in_the_body, "read tcp: read: connection reset by peer", names_url=False)

    def test_hangs_up(self):
        self.check_get(say(), "EOF")
        self.check_get(say(OK, b"Content-Length: 10\r\n\r\nabc"), "unexpected EOF", names_url=False)
        self.check_get(say(OK, b"Content-Length: 999999999999999999\r\n\r\nabc"), "unexpected EOF", names_url=False)

    def test_sends_100_mb(self):
        for answer in (send_much, send_much_packed):
            self.check_get(answer, f"the body is larger than {64 * MIB} bytes")

    def test_100_mb_may_be_streamed(self):
        server = self.serve(send_much)
        for workers in WORKERS:
            done = self.run_one(self.write(stream_size(server.url)), workers)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertGreater(int(done.stdout), 1)

    def test_talks_nonsense(self):
        for answer in (say(b"what?\r\n\r\n"), say(OK, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), send_heads_for_ever,
                       say(OK, b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde"), say(b"\0" * 1000)):
            file = self.write(get(self.serve(answer).url))
            self.check(file, 1, r"panic: [^\n]+")


if __name__ == "__main__":
    unittest.main()
