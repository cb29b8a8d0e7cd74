#!/usr/bin/env python3
"""The check of docs/model.md finds what it is there to find: any name of the page that is written otherwise."""
import re
import unittest

import page

PAGE = page.text("docs/model.md")


class Page(unittest.TestCase):
    def test_the_page_names_what_exists(self):
        self.assertEqual(list(page.objections(PAGE)), [])

    def test_every_name_in_the_tables_is_looked_at(self):
        for line in (line for line in PAGE.splitlines() if line.startswith("|")):
            for name in re.finditer(r"(?<=`)[^`|]+(?=`[ ,;.()|])|(?<=\")[^\"|]+(?=\"[ ;|])", line):
                wrong = line[:name.end()] + "_gone" + line[name.end():]
                with self.subTest(name=name.group()):
                    self.assertNotEqual(list(page.objections(wrong)), [])

    def test_a_row_with_a_cell_missing_is_refused(self):
        self.assertNotEqual(list(page.objections("| a rule | `judge` | |\n")), [])


if __name__ == "__main__":
    unittest.main()
