"""How long a text is to a phone: what people type, in every language the app writes."""

import pytest

from app.lib.text import measure, plain

ARABIC = "كل شيء هادئ في لينديفانجن."


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("”Ro” – vi skriver igen…", '"Ro" - vi skriver igen...'),
        ("Det er ’slut’ •", "Det er 'slut' -"),
        ("kl.\u00a016.00", "kl. 16.00"),
        ("a\u030a pa\u030a", "å på"),
        ("en\r\nto", "en\nto"),
        ("ro\u200b\u00ad", "ro"),
        ("\u0633\u200c\u0644", "\u0633\u200c\u0644"),
    ],
)
def test_typographic_characters_become_plain_and_what_arabic_needs_stays(typed: str, sent: str) -> None:
    assert plain(typed) == sent


def test_plain_danish_is_gsm_and_one_strange_letter_makes_it_dear() -> None:
    danish = "æøåÆØÅ é ü ñ §" * 3
    assert measure(danish).encoding == "GSM-7"
    for strange in ("ğ", "ı", "ą", "ł", "ê", "ă", "😀", "ع"):
        assert measure(danish + strange).encoding == "UCS-2", strange


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("a" * 160, "GSM-7", 160, 1), ("a" * 161, "GSM-7", 161, 2), ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3), ("€" * 80, "GSM-7", 160, 1), ("€" * 81, "GSM-7", 162, 2),
        ("ع" * 70, "UCS-2", 70, 1), ("ع" * 71, "UCS-2", 71, 2), ("ع" * 134, "UCS-2", 134, 2),
        ("ع" * 135, "UCS-2", 135, 3), ("😀" * 35, "UCS-2", 70, 1), ("a" + "😀" * 35, "UCS-2", 71, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ],
)  # fmt: skip
def test_segments_are_counted_as_the_networks_cut_them(text: str, encoding: str, units: int, segments: int) -> None:
    length = measure(text)
    assert (length.encoding, length.units, length.segments) == (encoding, units, segments)


def test_two_parts_hold_306_or_134_and_no_more() -> None:
    assert (measure("a").most, measure("ع").most) == (306, 134)
    assert [measure("a" * n).is_long for n in (306, 307)] == [False, True]
    assert [measure("ع" * n).is_long for n in (134, 135)] == [False, True]
    assert measure(ARABIC).segments == 1
