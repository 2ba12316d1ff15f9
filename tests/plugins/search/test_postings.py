"""Posting lists come back from bytes as they went in, and damage is seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.postings import (
    ShardDamaged,
    checked,
    encode_lists,
    encode_terms,
    posting_keys,
    read_lists,
    read_shard,
    shards_of,
    unchecked,
    varints_in,
)

POSTINGS = st.dictionaries(
    st.integers(0, 2**32 - 1),
    st.dictionaries(st.integers(0, 2**28 - 1), st.integers(1, 15), min_size=1, max_size=40),
    max_size=40,
)


@given(POSTINGS, st.sampled_from([0, 1, 4, 8]))
def test_shards_hold_every_posting_best_first(wanted: dict[int, dict[int, int]], bits: int) -> None:
    rows = [(hash_, record, code) for hash_, one in wanted.items() for record, code in one.items()]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    keys = np.sort(posting_keys(columns[:, 0].astype(np.uint32), columns[:, 1], columns[:, 2]))
    totals = np.array([len(wanted[hash_]) for hash_ in sorted(wanted)], dtype=np.int64)
    found = {}
    for number, data in shards_of(encode_terms(keys, totals, bits), bits, range(1 << bits)):
        found |= read_shard(data, number, bits)
    assert {
        hash_: dict(zip(one.records.tolist(), one.codes.tolist(), strict=True))
        for hash_, one in found.items()
    } == wanted
    for one in found.values():
        assert one.codes.tolist() == sorted(one.codes.tolist(), reverse=True)


def test_a_term_says_how_many_postings_it_has_where_only_the_best_are_here() -> None:
    keys = posting_keys(np.array([7], dtype=np.uint32), np.array([3]), np.array([8]))
    ((number, data),) = shards_of(encode_terms(keys, np.array([5000]), 0), 0, range(1))
    assert read_shard(data, number, 0)[7].count == 5000


@given(st.lists(st.lists(st.integers(0, 10**6), unique=True).map(sorted)))
def test_lists_come_back_as_they_went_in(lists: list[list[int]]) -> None:
    encoded = encode_lists([np.array(one, dtype=np.int64) for one in lists])
    assert [one.tolist() for one in read_lists(encoded)] == lists


@given(st.binary(min_size=1), st.data())
def test_a_changed_byte_is_seen_or_changes_nothing(body: bytes, data: st.DataObject) -> None:
    whole = bytearray(checked(body))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    try:
        found = unchecked(bytes(whole))
    except ShardDamaged:
        return
    assert found == body
    assert place == 2, "only the bits that fill up the byte before a block have no meaning"


def test_a_shard_that_is_cut_off_is_seen() -> None:
    whole = checked(b"0123456789")
    for length in range(len(whole)):
        with pytest.raises(ShardDamaged):
            unchecked(whole[:length])


def test_no_bytes_are_no_numbers() -> None:
    assert varints_in(b"").tolist() == []
