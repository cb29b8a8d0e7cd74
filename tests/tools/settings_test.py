#!/usr/bin/env python3
"""Settings that a person keeps: profiles, what goes before what, and a file that is wrong."""

import os
import pathlib
import stat
import unittest

import benefits as tool
from benefits import DONE, EXAMPLES, USAGE


class SettingsTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "config"
        self.file = self.home / "benefits-ledger" / "config.toml"

    def benefits(self, *arguments, **more):
        return tool.benefits(*arguments, XDG_CONFIG_HOME=str(self.home), **more)

    def set(self, *arguments):
        self.assert_code(self.benefits("config", "set", *arguments), DONE)

    def write(self, text):
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(text)

    def shown(self, *arguments, **more):
        run = self.benefits("config", "show", "-o", "json", *arguments, **more)
        self.assert_code(run, DONE)
        return {each["setting"]: (each["value"], each["from"]) for each in run.document()["settings"]}


class Precedence(SettingsTest):
    def test_an_option_goes_before_the_environment_that_before_the_profile_that_before_all_profiles(self):
        self.write('topics = "of-all"\n[one]\ntopics = "of-one"\n')
        self.assertEqual(self.shown()["topics"], ("of-all", "all profiles"))
        self.assertEqual(self.shown("--profile", "one")["topics"], ("of-one", "profile one"))
        self.assertEqual(self.shown("--profile", "one", BENEFITS_TOPICS="said")["topics"], ("said", "BENEFITS_TOPICS"))
        self.assertEqual(self.shown("--topics", "typed", BENEFITS_TOPICS="said", BENEFITS_PROFILE="one")["topics"],
                         ("typed", "option"))
        self.file.unlink()
        self.assertEqual(self.shown()["topics"], ("benefits", "default"))

    def test_a_profile_is_named_by_option_environment_or_the_file(self):
        self.write('profile = "two"\n[one]\nledger = "/one"\n[two]\nledger = "/two"\n')
        self.assertEqual(self.shown()["ledger"], ("/two", "profile two"))
        self.assertEqual(self.shown(BENEFITS_PROFILE="one")["ledger"], ("/one", "profile one"))
        self.assertEqual(self.shown("--profile", "two", BENEFITS_PROFILE="one")["ledger"], ("/two", "profile two"))

    def test_another_ledger_leaves_the_brokers_of_the_profile_alone(self):
        self.write('profile = "far"\n[far]\nledger = "/far"\nkafka = "far:9092"\ntopics = "far"\n')
        self.assertEqual(self.shown()["kafka"], ("far:9092", "profile far"))
        for near in (self.shown("--ledger", "/near"), self.shown(BENEFITS_LEDGER="/near")):
            self.assertEqual((near["kafka"], near["topics"]), (("", "default"), ("benefits", "default")))
        self.assertEqual(self.shown("--kafka", "near:9092")["ledger"], ("/far", "profile far"))

    def test_a_profile_that_is_typed_and_not_used_is_told(self):
        ledger = self.sandbox()
        self.write('[far]\nledger = "/far"\n')
        run = self.benefits("--profile", "far", "clock", BENEFITS_LEDGER=str(ledger.folder))
        self.assert_code(run, DONE)
        self.assertIn("BENEFITS_LEDGER", run.err)

    def test_a_ledger_and_a_form_come_from_the_profile(self):
        ledger = self.sandbox()
        ledger("submit", "-f", EXAMPLES / "action-pack.jsonl")
        self.set("--profile", "sandbox", "ledger", str(ledger.folder))
        self.set("profile", "sandbox")
        self.set("output", "json")
        self.assertEqual(self.benefits("show", "contoso").document()["partner"], "contoso")
        self.assertIn("partner", self.benefits("show", "contoso", "-o", "csv").out.splitlines()[0])
        self.assertIn("Contoso", self.benefits("show", "contoso", "-o", "table").out)
        self.assert_code(self.benefits("show", "contoso", BENEFITS_OUTPUT="jsonl"), DONE)
        self.assert_one_sentence(self.benefits("show", "contoso", BENEFITS_OUTPUT="xml"), USAGE, "output", "xml")


class File(SettingsTest):
    def test_comments_and_order_stay_when_a_setting_changes(self):
        self.write('# mine\nprofile = "a" # the usual\n\n[a]\n# where it lies\nledger = "/a"   # on the large disk\n[b]\nledger = "/b"\n')
        self.set("--profile", "a", "ledger", "/other")
        self.set("--profile", "a", "topics", "t")
        self.set("pager", "never")
        self.set("--profile", "c", "ledger", "/c")
        self.assertEqual(self.file.read_text(),
                         '# mine\nprofile = "a" # the usual\n\npager = "never"\n[a]\ntopics = "t"\n# where it lies\n'
                         'ledger = "/other"   # on the large disk\n[b]\nledger = "/b"\n\n[c]\nledger = "/c"\n')
        self.assert_code(self.benefits("config", "unset", "--profile", "a", "topics"), DONE)
        self.assertNotIn("topics", self.file.read_text())
        self.assertEqual([row["profile"] for row in tool.json_lines(self.benefits("config", "list", "-o", "jsonl").out)],
                         ["a", "b", "c"])

    def test_it_is_its_owners_alone_and_a_link_stays_one(self):
        self.set("pager", "never")
        self.assertEqual(stat.S_IMODE(os.stat(self.file).st_mode), 0o600)
        self.assertEqual(self.benefits("config", "path").out, f"{self.file}\n")
        real = self.folder / "dotfiles.toml"
        self.file.rename(real)
        self.file.symlink_to(real)
        self.set("pager", "always")
        self.assertTrue(self.file.is_symlink())
        self.assertIn("always", real.read_text())

    def test_without_xdg_it_lies_below_home(self):
        run = tool.benefits("config", "path", XDG_CONFIG_HOME="relative/is/passed/over", HOME="/home/kim")
        self.assertEqual(run.out, "/home/kim/.config/benefits-ledger/config.toml\n")
        self.assert_one_sentence(tool.benefits("config", "path", XDG_CONFIG_HOME="", HOME=""), USAGE, "HOME")

    def test_what_is_wrong_is_told_with_its_line(self):
        for text, line, words in (
                ('profile = "a"\nledger /srv\n', 2, ()),
                ('\n[a]\nledgr = "/srv"\n', 3, ("'ledgr'", "'ledger'")),
                ('[a]\nledger = 7\n', 2, ("in quotes",)),
                ('output = "xml"\n', 1, ("xml", "jsonl")),
                ('\n\n[a]\nledger = "srv"\n', 4, ("from the root",)),
                ('[a]\nprofile = "b"\n', 2, ("'profile'",)),
                ('[topics]\n', 1, ("'topics'",)),
                ('password = "x"\n', 1, ("'password'",)),
                ('[a]\nledger = "/a"\n[a]\n', 3, ())):
            with self.subTest(text):
                self.write(text)
                for arguments in (("config", "show"), ("rules",), ("config", "set", "pager", "never")):
                    self.assert_one_sentence(self.benefits(*arguments), USAGE, f"{self.file}:{line}: ", *words)
                self.assertEqual(self.file.read_text(), text)
        self.assert_code(self.benefits("completion", "bash"), DONE)
        self.assert_code(self.benefits("config", "path"), DONE)

    def test_what_is_not_there_is_told_with_what_was_meant(self):
        self.write('[production]\nledger = "/srv"\n')
        self.assert_one_sentence(self.benefits("--profile", "prodution", "rules"), USAGE, "'prodution'", "did you mean 'production'?")
        self.assert_one_sentence(self.benefits("config", "set", "ledgr", "/x"), USAGE, "did you mean 'ledger'?")
        self.assert_one_sentence(self.benefits("config", "set", "--profile", "Big One", "pager", "never"), USAGE, "lower case")
        self.assert_one_sentence(self.benefits("config", "set", "lang", "klingon"), USAGE, "lang", "ko")

    def test_a_folder_that_is_set_from_here_is_the_same_from_elsewhere(self):
        self.set("ledger", "some/where")
        self.assertEqual(self.shown()["ledger"][0], str(pathlib.Path.cwd() / "some" / "where"))
        self.write('ledger = "~/ledger"\n')
        self.assertEqual(self.shown(HOME="/home/kim")["ledger"][0], "/home/kim/ledger")


if __name__ == "__main__":
    unittest.main()
