#!/usr/bin/env python3
"""The oracle looks at the key store of a ledger, which it can't open: whose it is, whether it is older than what others
have seen, and whether a key is missing that an entry needs."""

import os
import shutil
import unittest

import oracle

import benefits as tool
import damage


def partners(*names):
    return tool.lines(*(tool.command(1, partner=name) for name in names))


class OracleKeysTest(tool.ToolTest):
    def setUp(self):
        super().setUp()
        self.ledger = self.filled("ledger", "early")
        self.older = self.folder / "older"
        shutil.copytree(self.ledger.folder, self.older)
        self.assert_code(self.ledger("submit", given=partners("late")), tool.DONE)

    def filled(self, name, *names):
        ledger = self.sandbox("2020-08-31", "--partitions", 2, name=name)
        self.assert_code(ledger("submit", given=partners(*names)), tool.DONE)
        return ledger

    def put_back(self, name, source):
        place = self.ledger.folder / name
        if place.is_dir():
            shutil.rmtree(place)
            shutil.copytree(source / name, place)
        else:
            shutil.copy2(source / name, place)

    def assert_found(self, *words):
        checked = oracle.check("--ledger", self.ledger.folder)
        self.assertEqual(checked.code, oracle.FINDINGS, checked)
        for word in words:
            self.assertIn(word, str(checked))
        return checked

    def assert_clean(self):
        checked = oracle.check("--ledger", self.ledger.folder)
        self.assertEqual((checked.code, checked.document["findings"]), (oracle.AS_IT_MUST_BE, []), checked)
        return checked

    def in_store(self, change):
        store = damage.Writable(self.ledger.folder / "keys")
        try:
            return change(store, [key for key, _ in store.rows("default")])
        finally:
            store.close()

    def test_nothing_is_found_in_the_right_one(self):
        self.assert_clean()

    def test_a_missing_one(self):
        shutil.rmtree(self.ledger.folder / "keys")
        self.assert_found("is missing", "'early'", "'late'")

    def test_an_older_one(self):
        self.put_back("keys", self.older)
        found = self.assert_found("an older copy", "'late'")
        self.assertNotIn("'early'", str(found))

    def test_an_older_one_and_its_witness(self):
        self.put_back("keys", self.older)
        self.put_back("keys.tail", self.older)
        found = self.assert_found("'late'")
        self.assertNotIn("an older copy", str(found))

    def test_another_ledgers(self):
        other = self.filled("other", "stranger")
        self.put_back("keys", other.folder)
        self.assert_found("keys.tail of ledger", "'early'", "'late'")
        self.put_back("keys.tail", other.folder)
        self.assert_found("is not that of ledger", "'early'", "'late'")

    def test_a_key_that_was_taken_out_and_one_that_was_destroyed(self):
        first = self.in_store(lambda store, rows: next(key for key in rows if key[:1] == b"i"))
        self.in_store(lambda store, rows: store.delete("default", first))
        self.assert_found(first[1:].hex())
        self.in_store(lambda store, rows: store.put("default", b"d" + first[1:], b""))
        self.assert_clean()

    def test_a_witness_that_is_damaged_or_gone_is_noted(self):
        tail = self.ledger.folder / "keys.tail"
        data = bytearray(tail.read_bytes())
        data[30] ^= 1
        tail.write_bytes(data)
        self.assertIn("keys.tail is damaged", self.assert_clean().err)
        os.truncate(tail, 20)
        self.assertIn("keys.tail is damaged", self.assert_clean().err)
        tail.unlink()
        self.assertIn("there is no", self.assert_clean().err)


if __name__ == "__main__":
    unittest.main()
