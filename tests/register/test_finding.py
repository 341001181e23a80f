"""Finding directives by their words, with or without diacritics, and by what they are related to."""

import pytest

from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, assign

TEXT = "Rà soát đất ở tại thôn Đồng Chiềng"


@pytest.fixture
def numbers(any_register):
    """Three directives: one of land, one of roads, one of both."""
    texts = (TEXT, "Sửa đường liên xã", "Đo đạc đất làm đường")
    return [any_register.assign(text, to=CAN_KHE, due=None, by=OFFICE) for text in texts]


def found(register, words, **filters):
    return [directive.number for directive in register.as_of().directives(find=words, **filters)]


@pytest.mark.parametrize(
    ("words", "which"),
    [
        ("đất", [0, 2]),
        ("dat", [0, 2]),
        ("ĐẤT", [0, 2]),
        ("dat duong", [2]),
        ("đường đất", [2]),
        ("dong chieng", [0]),
        ("Đồng chieng", [0]),
        ("đạt", []),
        ("cau", []),
    ],
)
def test_words_are_found_with_and_without_diacritics_in_any_order(any_register, numbers, words, which):
    assert found(any_register, words) == [numbers[n] for n in which]


def test_what_was_typed_in_another_form_of_unicode_is_the_same_word(any_register, numbers):
    import unicodedata

    assert found(any_register, unicodedata.normalize("NFD", "đất ở")) == [numbers[0]]


def test_words_are_found_in_reports_notes_and_labels_too(any_register, numbers):
    any_register.report(numbers[0], "Đã lập biên bản", by=OFFICE)
    any_register.note(numbers[1], "Gọi điện nhắc", by=OFFICE)
    any_register.label(numbers[2], {"field": "giao thông"}, by=OFFICE)

    assert found(any_register, "bien ban") == [numbers[0]]
    assert found(any_register, "goi dien") == [numbers[1]]
    assert found(any_register, "giao thong") == [numbers[2]]


def test_what_is_found_at_a_meeting_is_what_it_could_read(any_register, numbers, clock):
    meeting = any_register.close_meeting("GB-2021-09", by=OFFICE)
    clock.set("2021-09-23T08:00+07:00")
    any_register.amend(numbers[1], text="Sửa cầu", reason="chép nhầm", by=OFFICE)

    assert found(any_register, "cau") == [numbers[1]]
    assert any_register.as_of(meeting).directives(find="cau") == []


def test_words_go_together_with_the_other_filters(any_register, numbers):
    any_register.complete(numbers[0], reason="đã xong", by=OFFICE)

    assert found(any_register, "dat", status="completed") == [numbers[0]]
    assert found(any_register, "dat", after=numbers[0]) == [numbers[2]]


# ------------------------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("relation", "inverse"),
    [
        ("parent", "child"),
        ("child", "parent"),
        ("duplicate", "duplicate"),
        ("continues", "continued-by"),
        ("same-document", "same-document"),
        ("supersedes", "superseded-by"),
    ],
)
def test_a_link_is_told_on_both_sides(any_register, relation, inverse):
    first, second = assign(any_register), assign(any_register)

    any_register.link(first, relation, f"D-{second}", by=OFFICE)

    view = any_register.as_of()
    assert view[first].links == ({"relation": relation, "target": second},)
    assert view[second].links == ({"relation": inverse, "target": first},)


def test_what_takes_the_place_of_another_is_told_on_both_sides(any_register):
    first, second = assign(any_register), assign(any_register)

    any_register.supersede(first, by_number=second, reason="văn bản mới", by=CHAIR)

    view = any_register.as_of()
    assert view[first].links == ({"relation": "superseded-by", "target": second},)
    assert view[second].links == ({"relation": "supersedes", "target": first},)


def test_what_no_longer_has_a_successor_points_to_none(any_register):
    first, second = assign(any_register), assign(any_register)
    any_register.supersede(first, by_number=second, reason="văn bản mới", by=CHAIR)

    any_register.undo(by=CHAIR)

    assert any_register.as_of()[first].links == any_register.as_of()[second].links == ()


def test_one_share_superseded_by_another_register_is_told_by_its_reference(any_register):
    number = assign(any_register, CAN_KHE, NOI_VU)

    any_register.supersede(number, unit=NOI_VU, by_number="tinh/3", reason="tỉnh giao", by=CHAIR)

    assert any_register.as_of()[number].links == ({"relation": "superseded-by", "target": "tinh/3"},)
    assert any_register.as_of()[number].status == "assigned"
