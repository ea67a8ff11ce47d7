"""Small Neva programs for tests, made of nodes and connections.

    p = Program()
    p.node("length", "list_len", ins=["data"], outs=["res"])
    p.constant("list", {"type": "int", "int": 1}, to="length/in:data")
    p.print("length/out:res")      # and stops
    p.write(path)
"""

import base64
import json


def text(value):
    return {"type": "string", "str": value}


def integer(value):
    return {"type": "int", "int": value}


def data(value):
    return {"type": "bytes", "bytes": base64.b64encode(value).decode()}


def sequence(*values):
    return {"type": "list", "list": list(values)}


def struct(**fields):
    return {"type": "struct", "map": fields}


def union(tag, value=None):
    return {"type": "union", "union": {"tag": tag} if value is None else {"tag": tag, "data": value}}


class Program:
    def __init__(self):
        self._functions = []
        self._connections = {}
        self._constants = []

    def node(self, name, ref, ins=(), outs=(), config=None):
        """Ports are named as in an address: "data", "case[0]"."""
        function = {"ref": ref, "io": {"in": [f"{name}/in:{p}" for p in ins], "out": [f"{name}/out:{p}" for p in outs]}}
        if config is not None:
            function["msg"] = config
        self._functions.append(function)

    def connect(self, sender, receiver):
        self._connections[sender] = receiver

    def constant(self, name, value, to):
        """A value that is sent once, at the start."""
        self.node(name, "new", ["sig"], ["res"], value)
        self.connect(f"{name}/out:res", to)
        self._constants.append(name)

    def drop(self, sender):
        name = "drop_" + sender.replace("/", "_").replace(":", "_").replace("[", "_").rstrip("]")
        self.node(name, "del", ["data"])
        self.connect(sender, f"{name}/in:data")

    def panic(self, *senders):
        """The first message from one of them ends the program as an error."""
        self.node("panic", "panic", ["data"])
        for sender in senders:
            self.connect(sender, "panic/in:data")

    def print(self, sender, failing=()):
        """Prints one value and stops; what comes from the others is a panic."""
        self.node("print", "println", ["data"], ["res", "err"])
        self.connect(sender, "print/in:data")
        self.connect("print/out:res", "out:stop")
        self.panic("print/out:err", *failing)

    def ir(self):
        slots = [f"begin/out:data[{i}]" for i in range(len(self._constants))]
        begin = {"ref": "fan_out", "io": {"in": ["begin/in:data"], "out": slots}}
        starts = {"in:start": "begin/in:data"}
        starts |= {slot: f"{name}/in:sig" for slot, name in zip(slots, self._constants)}
        return {"funcs": [begin, *self._functions], "connections": starts | self._connections}

    def write(self, path):
        path.write_text(json.dumps(self.ir()))
        return path


def call(ref, inputs, outs=("res",), result="res", printed=True):
    """One function: its inputs by port, `result` printed, `err` a panic, other outputs dropped."""
    p = Program()
    p.node("op", ref, list(inputs), list(outs))
    for number, (port, value) in enumerate(inputs.items()):
        p.constant(f"value{number}", value, f"op/in:{port}")
    for port in outs:
        if port not in (result, "err"):
            p.drop(f"op/out:{port}")
    failing = ["op/out:err"] if "err" in outs else []
    if printed:
        p.print(f"op/out:{result}", failing)
    else:
        p.connect(f"op/out:{result}", "out:stop")
        if failing:
            p.panic(*failing)
    return p
