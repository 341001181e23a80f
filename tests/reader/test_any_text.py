"""Any text can be read: nothing raises, nothing hangs, and what is taken stands in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives_core.bundled import notice_text
from directives_core.reader import read_notice
from tests.fuzz.targets import check_notice as check

PIECES = st.sampled_from([
    "THÔNG BÁO\n", "Kết luận của Chủ tịch UBND huyện\n", "Ngày 22/9/2021, ", "kết luận như sau:\n",
    "I. PHẦN CHUNG\n", "1. ", "11.1. ", "a) ", "- ", "+ ", "\n", "\n\n", " ", "Giao ", "Yêu cầu ", "Sở Tài chính",
    "UBND các xã, thị trấn", "Các xã: A, B, C ", " và ", ", ", "; ", ". ", "chủ trì, phối hợp với ", "báo cáo ",
    "về UBND huyện ", "(qua Phòng Nội vụ) ", "trước ngày 30/9/2021", "trong tháng 10", "hàng tháng",
    "Quyết định số 05/QĐ-UBND ngày 06/01/2021", "Nơi nhận:\n", "KT. CHỦ TỊCH\n", "(", ")", "“", "02 Đề án của ",
    "đồng chí Lê Văn A - ", ":", "Phòng Lao động, Thương binh và Xã hội", "rà soát", "đã ", "thống nhất ", "\t",
    "\r", "\u2028", "\u0301", "\u00ad", "İ", "ﬁ", "3", "|",
])  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_texts_made_of_the_pieces_of_notices_are_read(text):
    check(text)


@given(st.text(max_size=400))
def test_random_texts_are_read(text):
    check(text)


@settings(max_examples=30)
@given(st.data())
def test_notices_cut_and_spoilt_anywhere_are_read(data):
    text = notice_text()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 4000)))
    spoilt = data.draw(st.text(max_size=5))
    check(text[start:end] + spoilt + text[end : end + 500])


@pytest.mark.parametrize(
    "text", ["", " \n\t", "The quick brown fox jumps over the lazy dog. It was told to.", "1 2 3\n4 5 6"]
)
def test_what_is_no_notice_gives_an_empty_draft_with_a_question(text):
    draft = read_notice(text)

    assert draft.items == ()
    assert any("conclusion notice" in question for question in draft.questions)


@pytest.mark.parametrize(
    "piece",
    [
    "Giao Sở ", "các xã, ", "UBND các xã, thị trấn; ", "1. ", "- ", "a) 1. ", "\n", "(", "phối hợp với ",
    "02 Đề án của ", "báo cáo về ", "Phòng A và ", "Ông A - ", "“", "I.\n", "trước ngày ", "Sở Tài chính, ", "A",
    "A ", "số 1/A", ": ", "; ", "1.1.1.1. ", "kết luận ", "Lao động, Thương binh và ", "- x\n+ y\n", "a", "\u0301",
    "để ", "Sở Y tế rà soát. ",
],
)  # fmt: skip
@pytest.mark.no_cover
def test_a_hundred_kilobytes_of_one_piece_are_read_to_their_end(piece):
    text = piece * (100_000 // len(piece))  # a rule that looks back and forth would take minutes here

    draft = read_notice(text)

    assert all(text[item.span[0] : item.span[1]] == item.text for item in draft.items)
