"""scripts/test on a tiny project with real cmake, ninja and ctest: its status and summary are honest."""

import subprocess
import unittest

from scratch import ScratchTree

CMAKE = """cmake_minimum_required(VERSION 3.25)
project(scratch LANGUAGES NONE)
option(NEVAPERF_TESTS "" OFF)
add_custom_target(nevaperf)
if(NEVAPERF_TESTS)
  enable_testing()
  add_test(NAME good COMMAND true)
  add_test(NAME second COMMAND sh "${PROJECT_SOURCE_DIR}/second.sh")
endif()
"""
PRESETS = """{"version": 6, "configurePresets": [
  {"name": "release", "generator": "Ninja", "binaryDir": "${sourceDir}/build/release",
   "cacheVariables": {"NEVAPERF_TESTS": "ON"}},
  {"name": "asan", "inherits": "release", "binaryDir": "${sourceDir}/build/asan"}]}
"""


class TestScript(ScratchTree):
    def setUp(self):
        super().setUp()
        self.environment["NEVAPERF_NO_SETUP"] = "1"
        self.write("CMakeLists.txt", CMAKE)
        self.write("CMakePresets.json", PRESETS)
        self.write("second.sh", "exit 0\n")

    def test_all_pass(self):
        result = self.run_script("test")
        self.assert_passes(result)
        self.assertIn("100% tests passed, 0 tests failed out of 2", result.stdout)

    def test_one_fails(self):
        self.write("second.sh", "echo what went wrong; exit 1\n")
        result = self.run_script("test")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("what went wrong", result.stdout)
        self.assertIn("50% tests passed, 1 tests failed out of 2", result.stdout)

    def test_arguments_reach_ctest(self):
        self.write("second.sh", "exit 1\n")
        result = self.run_script("test", "-R", "good")
        self.assert_passes(result)
        self.assertIn("out of 1", result.stdout)

    def test_no_test_at_all_is_a_failure(self):
        self.assertNotEqual(self.run_script("test", "-R", "nothing").returncode, 0)

    def test_switches_tests_on_after_a_build_without(self):
        cache = self.root / "build/release/CMakeCache.txt"
        subprocess.run(["cmake", "--preset", "release", "-DNEVAPERF_TESTS=OFF"], cwd=self.root, check=True,
                       capture_output=True)
        self.assertIn("NEVAPERF_TESTS:BOOL=OFF", cache.read_text())
        self.assert_passes(self.run_script("test"))
        self.assertIn("NEVAPERF_TESTS:BOOL=ON", cache.read_text())

    def test_other_presets(self):
        self.assert_passes(self.run_script("test", "--asan"))
        self.assertTrue((self.root / "build/asan/build.ninja").exists())
        self.assert_fault(self.run_script("test", "--preset", "speed"), "error: no preset 'speed'", status=2)

    def test_broken_build(self):
        self.write("CMakeLists.txt", CMAKE + "message(FATAL_ERROR \"planted\")\n")
        result = self.run_script("test")
        self.assertIn("planted", result.stderr)
        self.assert_fault(result, "error: configuring build/release failed", status=2)


if __name__ == "__main__":
    unittest.main()
