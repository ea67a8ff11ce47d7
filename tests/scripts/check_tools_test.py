"""scripts/check_format, check_lint, check_shell and check itself: skipped for a tool that is not installed."""

import shutil
import unittest

from scratch import ScratchTree, SCRIPTS

TOP = SCRIPTS.parent
GOOD = "namespace nevaperf::base {\n\nint answer();\n\nint answer() {\n  return 42;\n}\n\n}  // namespace nevaperf::base\n"
CMAKE = """cmake_minimum_required(VERSION 3.25)
project(scratch LANGUAGES CXX)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_library(base core/base/a.cpp)
add_custom_target(nevaperf_generated)
target_include_directories(base PRIVATE ${PROJECT_SOURCE_DIR})
"""


def needs(tool):
    return unittest.skipUnless(shutil.which(tool), f"{tool} is not installed: scripts/setup check")


class ToolTree(ScratchTree):
    def setUp(self):
        super().setUp()
        self.environment["NEVAPERF_NO_SETUP"] = "1"
        for name in (".clang-format", ".clang-tidy", "CMakePresets.json", ".gitignore"):
            shutil.copy(TOP / name, self.root)
        self.write("CMakeLists.txt", CMAKE)
        self.write("core/base/a.cpp", GOOD)
        self.commit_all()


@needs("clang-format-16")
@needs("git")
class CheckFormat(ToolTree):
    def test_good_file(self):
        self.assert_passes(self.run_script("check_format", "--all"))

    def test_changed_file(self):
        self.write("core/base/a.cpp", GOOD.replace("  return", "return"))
        self.assert_fault(self.run_script("check_format"), "core/base/a.cpp:5: not as .clang-format says")

    def test_new_file(self):
        self.write("core/base/b b.hpp", "#pragma once\n\nint  x;\n")
        self.assert_fault(self.run_script("check_format"), "core/base/b b.hpp:3: not as .clang-format says")

    def test_committed_file_only_with_all(self):
        self.write("core/base/a.cpp", GOOD.replace("  return", "return"))
        self.commit_all()
        self.assert_passes(self.run_script("check_format"))
        self.assert_fault(self.run_script("check_format", "--all"), "core/base/a.cpp:5:")

    def test_commits_since_the_upstream(self):
        self.git("branch", "upstream")
        self.git("branch", "--set-upstream-to=upstream")
        self.write("core/base/a.cpp", GOOD.replace("  return", "return"))
        self.commit_all()
        self.assert_fault(self.run_script("check_format"), "core/base/a.cpp:5:")

    def test_fix(self):
        self.write("core/base/a.cpp", GOOD.replace("  return", "return"))
        self.assert_passes(self.run_script("check_format", "--fix"))
        self.assertEqual((self.root / "core/base/a.cpp").read_text(), GOOD)

    def test_unknown_argument(self):
        self.assert_fault(self.run_script("check_format", "--al"), "error: unknown argument '--al'", status=2)


@needs("clang-tidy-16")
@needs("ninja")
@needs("git")
class CheckLint(ToolTree):
    def test_good_then_bad_name(self):
        self.assert_passes(self.run_script("check_lint", "--all"))
        self.write("core/base/a.cpp", GOOD.replace("answer", "theAnswer"))
        result = self.run_script("check_lint")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"core/base/a\.cpp:3:5: error: .*readability-identifier-naming")

    def test_fault_in_a_changed_header(self):
        self.write("core/base/h.hpp", "#pragma once\nstruct good_name {};\n")
        self.write("core/base/a.cpp", '#include "core/base/h.hpp"\n' + GOOD)
        self.commit_all()
        self.write("core/base/h.hpp", "#pragma once\nstruct BadName {};\n")
        result = self.run_script("check_lint")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"core/base/h\.hpp:2:8: error: ")

    def test_source_in_no_target(self):
        self.write("core/base/dead.cpp", GOOD)
        self.assert_fault(self.run_script("check_lint"), "core/base/dead.cpp:1: in no CMakeLists.txt")


@needs("shellcheck")
@needs("git")
class CheckShell(ToolTree):
    def test_real_scripts(self):
        self.assert_passes(self.run_script("check_shell"))

    def test_planted_fault(self):
        self.write("scripts/bad", "#!/usr/bin/env bash\nrm $1\n")
        self.assert_fault(self.run_script("check_shell"), "scripts/bad:2:")


@needs("clang-tidy-16")
@needs("shellcheck")
@needs("git")
class CheckAll(ToolTree):
    def test_one_fault_fails_the_whole_and_the_rest_still_runs(self):
        self.write("README.md", "## Folder map\n```\ncore/   needs no runtime at all\n  base/   carries a number around\n"
                                "scripts/   sets up and checks\n```\n")
        self.assert_passes(self.run_script("check"))
        self.write("core/base/a.cpp", '#include "cli/x.hpp"\n' + GOOD)
        result = self.run_script("check")
        self.assert_fault(result, "error: these checks found faults: layers", status=2)
        self.assertIn("docs: ok", result.stdout)


if __name__ == "__main__":
    unittest.main()
