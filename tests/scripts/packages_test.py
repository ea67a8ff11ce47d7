"""What CMake asks of the system: missing packages are named together, and an embedding project needs few of them."""

import subprocess
import unittest

from scratch import ScratchTree, SCRIPTS

TOP = SCRIPTS.parent
CLI_PACKAGES = ("fmt", "CLI11", "benchmark", "Boost", "Gperftools", "Catch2", "Python3")
EMBEDDING = f"""cmake_minimum_required(VERSION 3.25)
project(embedding LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
add_subdirectory("{TOP}" nevaperf)
add_library(user user.cpp)
target_link_libraries(user PRIVATE nevaperf::base)
"""


class Packages(ScratchTree):
    def configure(self, source, *missing, options=()):
        disabled = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON" for name in missing]
        return subprocess.run(["cmake", "-G", "Ninja", "-S", source, "-B", self.scratch / "build", *disabled, *options],
                              env=self.environment, text=True, capture_output=True, check=False)

    def test_missing_packages_are_named_together(self):
        result = self.configure(TOP, "fmt", "CLI11", "Catch2")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("not found: fmt, CLI11, Catch2", result.stderr)
        self.assertIn("apt-get install libfmt-dev libcli11-dev catch2", result.stderr)

    def test_every_named_package_is_installed_by_setup(self):
        result = self.configure(TOP, "nlohmann_json", *CLI_PACKAGES)
        packages = (TOP / "scripts/packages.txt").read_text()
        line = next(line for line in result.stderr.splitlines() if "apt-get install" in line)
        for package in line.split("apt-get install ")[1].split():
            self.assertRegex(packages, rf"(?m)^\w+\s+{package}\b")

    def test_embedding_needs_no_package_of_the_program(self):
        self.write("CMakeLists.txt", EMBEDDING)
        self.write("user.cpp", '#include "core/base/error.hpp"\nnevaperf::base::error made() { return {"a", "b", "c"}; }\n')
        self.assert_passes(self.configure(self.root, *CLI_PACKAGES))
        subprocess.run(["ninja", "-C", self.scratch / "build", "user"], check=True, capture_output=True)
        self.assertFalse((self.root / "compile_commands.json").exists())

    def test_the_runtime_alone_needs_no_package_of_the_program(self):
        self.assert_passes(
            self.configure(TOP, *CLI_PACKAGES, options=("-DNEVAPERF_CLI=OFF", "-DNEVAPERF_TESTS=OFF")))


if __name__ == "__main__":
    unittest.main()
