"""The flame graph in a real browser, from file:// and without a network: zoom, search, invert, colours, keyboard.

    NEVAPERF=PROGRAM flame_graph_test.py
"""

import os
import pathlib
import subprocess
import tempfile
import unittest

import chromium

NEVAPERF = os.environ.get("NEVAPERF", "nevaperf")
OLD = "main;work;sum 60\nmain;work 10\nmain;log;write 20\nmain;gone 10\n"
NEW = "main;work;sum 60\nmain;work 50\nmain;log;write 20\nmain;fresh 70\n"
HOSTILE = "main;</script><script>document.title='owned'</script> 5\nmain;<img src=x onerror=alert(1)> 5\n"


@unittest.skipUnless(chromium.find(), "skipped: there is no browser: apt-get install chromium")
class FlameGraph(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="nevaperf flame ")
        self.addCleanup(scratch.cleanup)
        self.place = pathlib.Path(scratch.name)
        for name, text in (("old", OLD), ("new", NEW), ("hostile", HOSTILE)):
            (self.place / f"{name}.folded").write_text(text)

    def open(self, *words):
        done = subprocess.run(
            [NEVAPERF, "profile", *words, "--view", "flame", "-o", "page.html"], cwd=self.place, capture_output=True,
            text=True, timeout=60, check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        page = chromium.Page((self.place / "page.html").as_uri())
        self.addCleanup(page.close)
        # The page alone was asked for; what the browser makes of its own icon is not the page's.
        self.addCleanup(lambda: self.assertEqual({url.split(":")[0] for url in page.requests} - {"data"}, {"file"}))
        self.addCleanup(lambda: self.assertEqual(page.errors, []))
        return page

    def click_on(self, page, name):
        """The middle of the call with this name, as it is drawn."""
        where = page.value(
            "(() => { const n = shown.find((n) => nameOf(n) === '%s'); const box = canvas.getBoundingClientRect();"
            " return [box.left + n.x + n.width / 2, box.top + (n.depth + 0.5) * rowHeight]; })()" % name)
        page.click(*where)

    def shown(self, page):
        return page.value("shown.map(nameOf).sort()")

    def test_zoom_by_mouse_and_keyboard(self):
        page = self.open("show", "old.folded")
        self.assertEqual(page.text("title"), "old.folded: samples, 100")
        self.assertEqual(self.shown(page), ["all", "gone", "log", "main", "sum", "work", "write"])
        self.click_on(page, "work")
        self.assertEqual(page.value("nameOf(zoomed)"), "work")
        self.assertEqual(page.text("detail"), "work: 70, 70.00%")
        self.assertEqual(self.shown(page), ["all", "main", "sum", "work"])
        self.assertAlmostEqual(page.value("shown.find((n) => nameOf(n) === 'sum').width / innerWidth"), 6 / 7, delta=0.02)
        page.press("Escape")
        self.assertEqual(page.value("nameOf(zoomed)"), "all")
        for key, name in (("ArrowDown", "main"), ("ArrowDown", "work"), ("ArrowRight", "log"), ("ArrowLeft", "work"),
                          ("ArrowUp", "main"), ("ArrowDown", "work")):
            page.press(key)
            self.assertEqual(page.value("nameOf(selected)"), name)
        page.press("Enter", "\r")
        self.assertEqual(page.value("nameOf(zoomed)"), "work")
        page.click(*page.value("(() => { const b = byId('reset').getBoundingClientRect(); return [b.x + 5, b.y + 5]; })()"))
        self.assertEqual(page.value("nameOf(zoomed)"), "all")

    def test_search(self):
        page = self.open("show", "old.folded")
        page.press("/")
        self.assertEqual(page.value("document.activeElement.id"), "search")
        for letter in "^w":
            page.press(letter)
        self.assertEqual(page.value("byId('search').value"), "^w")
        self.assertEqual(page.text("found"), "90 (90.0%) match")
        page.press("(")
        self.assertEqual(page.text("found"), "not a regular expression")
        page.value("byId('search').value = 'i'; search('')")
        self.assertEqual(page.text("found"), "")

    def test_invert(self):
        page = self.open("show", "old.folded")
        page.press("i")
        self.assertEqual(page.value("byId('invert').getAttribute('aria-pressed')"), "true")
        self.assertEqual(page.value("tree.root.children.map((n) => [nameOf(n), n.total])"),
                         [["sum", 60], ["write", 20], ["work", 10], ["gone", 10]])
        self.assertEqual(page.value("tree.root.children[0].children.map(nameOf)"), ["work"])
        page.press("i")
        self.assertEqual(page.value("tree.root.children.map(nameOf)"), ["main"])

    def test_pixels_are_drawn(self):
        page = self.open("show", "old.folded")
        colours = page.value(
            "(() => { const c = canvas.getContext('2d'); const s = new Set(); for (const n of shown) {"
            " const p = c.getImageData(n.x + n.width - 4, n.depth * rowHeight + 2, 1, 1).data; s.add(p.join()); }"
            " return [...s]; })()")
        self.assertGreater(len(colours), 2)
        self.assertNotIn("0,0,0,0", colours)

    def test_difference(self):
        page = self.open("diff", "old.folded", "new.folded", "--normalise", "none")
        self.assertIn("100 → 200", page.text("title"))
        self.assertEqual(page.value("byId('colours').value"), "diff")
        self.assertEqual(self.shown(page), ["all", "fresh", "gone", "log", "main", "sum", "work", "write"])

        def hue(name):
            return page.value("colour(shown.find((n) => nameOf(n) === '%s'))" % name).split()[0]

        self.assertEqual([hue(name) for name in ("fresh", "gone", "work")], ["hsl(5", "hsl(215", "hsl(5"])
        self.click_on(page, "fresh")
        self.assertEqual(page.text("detail"), "fresh: 0 → 70 (new); 0.00% → 35.00% of its side")
        page.press("Escape")
        # Absolute: 20 + 20 of 300; relative: 20 % + 10 %.
        width = "shown.find((n) => nameOf(n) === 'log').width / innerWidth"
        self.assertAlmostEqual(page.value(width), 40 / 300, delta=0.01)
        page.press("r")
        self.assertEqual(page.value("byId('relative').getAttribute('aria-pressed')"), "true")
        self.assertAlmostEqual(page.value(width), 0.15, delta=0.01)
        self.assertEqual(hue("log"), "hsl(215")
        page.press("c")
        self.assertEqual(page.value("byId('colours').value"), "module")
        page.press("i")
        self.assertEqual(page.value("tree.root.children.map((n) => [nameOf(n), n.old, n.now])[0]"), ["sum", 60, 60])

    def test_names_stay_text(self):
        page = self.open("show", "hostile.folded")
        self.assertEqual(page.value("document.title"), "hostile.folded")
        self.assertEqual(page.value("document.images.length"), 0)
        self.assertEqual(len(self.shown(page)), 4)


if __name__ == "__main__":
    unittest.main()
