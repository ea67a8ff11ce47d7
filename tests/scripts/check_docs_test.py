"""scripts/check_docs: the folder map, links and machine paths."""

import unittest

from scratch import ScratchTree

README = """# nevaperf

## Folder map

```
core/        needs no runtime at all
  base/      carries errors and ids
scripts/     sets up and checks
```
"""


class CheckDocs(ScratchTree):
    def setUp(self):
        super().setUp()
        self.write("core/base/a.hpp", "")
        self.write("README.md", README)

    def check(self):
        return self.run_script("check_docs")

    def test_good_tree(self):
        self.write("docs.md", "[a](README.md#folder-map) [b](core/base/) [c](https://example.org/x) [d](#here)\n"
                              "`[not](a link)`\n```\n[nor](this)\n```\n")
        self.write("README.md", README.replace("scripts/ ", "docs/        tells how it works\nscripts/ "))
        self.write("docs/a.md", "[up](../core/base/a.hpp)\n")
        self.assert_passes(self.check())

    def test_no_readme(self):
        (self.root / "README.md").unlink()
        self.assert_fault(self.check(), "README.md:1: there is none")

    def test_no_map(self):
        self.write("README.md", "# nevaperf\n\n```\ncore/   needs no runtime at all\n```\n")
        self.assert_fault(self.check(), "README.md:1: no fenced block below a heading")

    def test_map_lacks_a_top_folder(self):
        self.write("runtime/message/a.hpp", "")
        result = self.check()
        self.assert_fault(result, "README.md:6: the folder map lacks runtime/:")
        self.assert_fault(result, "README.md:6: the folder map lacks runtime/message/:")

    def test_map_lacks_a_layer(self):
        self.write("core/stats/a.hpp", "")
        self.assert_fault(self.check(), "README.md:6: the folder map lacks core/stats/:")

    def test_map_names_what_is_not_there(self):
        self.write("README.md", README.replace("  base/", "  stats/     sums up samples\n  base/"))
        self.assert_fault(self.check(), "README.md:7: there is no folder core/stats/")

    def test_map_without_a_sentence(self):
        self.write("README.md", README.replace("carries errors and ids", "errors"))
        self.assert_fault(self.check(), "README.md:7: core/base/ needs a sentence")

    def test_dead_link(self):
        self.write("core/notes.md", "one\nsee [this](gone.md)\n")
        self.assert_fault(self.check(), "core/notes.md:2: the link leads nowhere: gone.md")

    def test_link_out_of_the_tree(self):
        (self.scratch / "secret.md").write_text("")
        self.write("core/notes.md", "see [this](../../secret.md)\n")
        self.assert_fault(self.check(), "core/notes.md:1: the link leaves the tree")

    def test_machine_path(self):
        # Put together here, so that this file itself names no such place.
        self.write("core/base/a.hpp", "// fine: /usr/bin/env, https://example.org/home/me\n// see " + "/ho" + "me/me/x\n")
        self.assert_fault(self.check(), "core/base/a.hpp:2: names a place on one machine: /ho" + "me/me")


if __name__ == "__main__":
    unittest.main()
