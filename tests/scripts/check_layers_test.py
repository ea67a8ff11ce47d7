"""scripts/check_layers: each kind of broken layer is named with its file and line."""

import unittest

from scratch import ScratchTree


class CheckLayers(ScratchTree):
    def check(self):
        return self.run_script("check_layers")

    def test_downward_includes_pass(self):
        self.write("core/base/a.hpp", "#pragma once\n#include <string>\n")
        self.write("core/report/b.cpp", '#include "core/base/a.hpp"\n#include "core/measure/x.hpp"\n')
        self.write("runtime/program/c.cpp", '#include "core/base/a.hpp"\n#include "runtime/message/m.hpp"\n')
        self.write("profiles/cpu/d.cpp", '#include "runtime/observe/o.hpp"\n#include "core/model/m.hpp"\n')
        self.write("playbook/rows/boxing/s.cpp", '#include <benchmark/benchmark.h>\n#include "profiles/cpu/d.hpp"\n')
        self.write("cli/commands/e.cpp", '#include <CLI/CLI.hpp>\n#include "playbook/x.hpp"\n')
        self.write("tests/cli/f_test.cpp", '#include "cli/commands/e.hpp"\n#include "tests/support/catch.hpp"\n')
        self.assert_passes(self.check())

    def test_upward_include(self):
        self.write("core/base/a.cpp", '#include "core/base/a.hpp"\n#include "core/stats/median.hpp"\n')
        self.assert_fault(self.check(), "core/base/a.cpp:2: core/base must not include core/stats")

    def test_siblings_of_core(self):
        self.write("core/stats/a.cpp", '#include "core/store/b.hpp"\n')
        self.assert_fault(self.check(), "core/stats/a.cpp:1: core/stats must not include core/store")

    def test_runtime_knows_core_base_only(self):
        self.write("runtime/nodes/a.cpp", '// first\n#include "core/units/b.hpp"\n')
        self.assert_fault(self.check(), "runtime/nodes/a.cpp:2: runtime/nodes must not include core/units")

    def test_layers_inside_the_runtime(self):
        self.write("runtime/message/a.hpp", '#  include "runtime/port/b.hpp"\n')
        self.assert_fault(self.check(), "runtime/message/a.hpp:1: runtime/message must not include runtime/port")

    def test_collectors_do_not_know_each_other(self):
        self.write("profiles/cpu/a.cpp", '#include "profiles/alloc/b.hpp"\n')
        self.assert_fault(self.check(), "profiles/cpu/a.cpp:1: profiles/cpu must not include profiles/alloc")

    def test_nothing_includes_cli(self):
        self.write("playbook/a.cpp", '#include "cli/commands/b.hpp"\n')
        self.assert_fault(self.check(), "playbook/a.cpp:1: playbook must not include cli")

    def test_angle_brackets_do_not_hide_an_include(self):
        self.write("core/base/a.cpp", "#include <core/model/run.hpp>\n")
        self.assert_fault(self.check(), "core/base/a.cpp:1: core/base must not include core/model")

    def test_unknown_layer(self):
        self.write("core/misc/a.cpp", "")
        self.assert_fault(self.check(), "core/misc/a.cpp:1: core/misc is no layer")

    def test_include_of_an_unknown_layer(self):
        self.write("cli/a.cpp", '#include "core/misc/a.hpp"\n')
        self.assert_fault(self.check(), 'cli/a.cpp:1: "core/misc/a.hpp" lies in no layer')

    def test_include_beside_the_file(self):
        self.write("core/base/a.cpp", '#include "a.hpp"\n')
        self.assert_fault(self.check(), 'core/base/a.cpp:1: "a.hpp": write the include from the root')

    def test_libraries_of_few(self):
        self.write("runtime/program/a.cpp", "#include <benchmark/benchmark.h>\n")
        self.assert_fault(self.check(), "runtime/program/a.cpp:1: runtime/program must not include <benchmark/")


if __name__ == "__main__":
    unittest.main()
