"""Checksums that were stored long ago are made again and compared: the written form never changes."""

from governance.checksum import canonical, checksum

SAID = {"å": {"ö": 'Ärende "ett"', "b": "2027-01-01"}, "a": [1, 2.5, None, True]}


def test_what_is_said_is_written_in_one_way() -> None:
    written = '{"a":[1,2.5,null,true],"å":{"b":"2027-01-01","ö":"Ärende \\"ett\\""}}'
    assert canonical(SAID) == written.encode()


def test_the_checksum_is_the_one_that_was_stored() -> None:
    stored = "eeed53dfa2e4af1425a6614ecb075759f3e3f06d16a171ae9d4a69d8e88c3f82"
    assert checksum(SAID) == stored
