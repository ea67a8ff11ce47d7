"""scripts/check_sizes: a long header, a long source and a long median are named."""

import unittest

from scratch import ScratchTree


class CheckSizes(ScratchTree):
    def check(self):
        return self.run_script("check_sizes")

    def test_at_the_limits(self):
        self.write("core/base/a.hpp", "\n" * 300)
        self.write("core/base/a.cpp", "\n" * 600)
        for i in range(3):
            self.write(f"core/base/small{i}.cpp", "\n" * 129)
        result = self.check()
        self.assert_passes(result)
        self.assertIn("5 files, median 129 lines", result.stdout)

    def test_long_header(self):
        self.write("core/base/a.hpp", "\n" * 301)
        self.write("core/base/b.cpp", "")
        self.write("core/base/c.cpp", "")
        self.assert_fault(self.check(), "core/base/a.hpp:301: 301 lines; headers have 300 at most")

    def test_long_source(self):
        self.write("cli/a.cpp", "\n" * 601)
        self.write("cli/b.cpp", "")
        self.write("cli/c.cpp", "")
        self.assert_fault(self.check(), "cli/a.cpp:601: 601 lines; sources have 600 at most")

    def test_long_median(self):
        self.write("cli/a.cpp", "\n" * 140)
        self.write("cli/b.cpp", "\n" * 130)
        self.write("cli/c.cpp", "")
        self.assert_fault(self.check(), "cli/a.cpp:140: the median file has 130 lines")

    def test_build_output_does_not_count(self):
        self.write("build/release/core/a.hpp", "\n" * 400)
        self.assert_passes(self.check())


if __name__ == "__main__":
    unittest.main()
